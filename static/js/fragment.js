// Parts of pages as the server makes them. The editor takes them by itself instead of by htmx, which
// visits every element of a page when it starts: a quarter of a second for 300 rows, none of them its own.
const bar = document.getElementById("save-state");
const offline = document.getElementById("rows").dataset.textOffline;

// The HTML, or null where the server refuses or does not answer; the bar then says so.
export async function fragment(url) {
  const response = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!response) {
    bar.hidden = false;
    bar.className = "chip error";
    bar.textContent = offline;
  } else if (bar.textContent === offline) {
    bar.hidden = true;
  }
  return response?.ok ? response.text() : null;
}
