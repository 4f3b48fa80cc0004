// Parts of pages as the server makes them. The editor takes them by itself instead of by htmx, which
// visits every element of a page when it starts: a quarter of a second for 300 rows, none of them its own.
const state = document.getElementById("server-state");

export const noAnswerText = state.dataset.textSilent;

// The HTML, or null where the server refuses or does not answer; beside the save state it says so until one answers.
export async function fragment(url) {
  const response = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  state.hidden = Boolean(response?.ok);
  if (!response) state.textContent = noAnswerText;
  else if (!response.ok) state.textContent = state.dataset.textRefused.replace("{n}", response.status);
  // The server may go, or the page be left, in the middle of an answer.
  return response?.ok ? response.text().catch(() => null) : null;
}
