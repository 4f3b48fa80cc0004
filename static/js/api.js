// The JSON API as the editor uses it. A rejected promise means that the server was not reached.
async function send(method, path, body, options = {}) {
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    ...options,
  });
  const answer = await response.json().catch(() => ({}));
  return { status: response.status, answer };
}

export function saveSegment(id, text, baseRevision, options) {
  return send("PUT", `/segments/${id}`, { text, base_revision: baseRevision }, options);
}

// With the text that stands in the row: approved is what was seen.
export function approveSegment(id, baseRevision, text, confirm) {
  return send("POST", `/segments/${id}/approve`, { base_revision: baseRevision, text, confirm });
}

export async function alignSelection(id, text, start, end) {
  const points = (units) => [...text.slice(0, units)].length;
  try {
    const { answer } = await send("POST", `/segments/${id}/align`, { text, start: points(start), end: points(end) });
    return answer;
  } catch {
    return {};
  }
}
