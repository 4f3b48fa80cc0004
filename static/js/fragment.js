// Parts of pages as the server makes them. The editor takes them by itself instead of by htmx, which
// visits every element of a page when it starts: a quarter of a second for 300 rows, none of them its own.

// The HTML, or null where the server does not answer or refuses.
export async function fragment(url) {
  const response = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  return response?.ok ? response.text() : null;
}
