// The glossary inside the editor: adding the selected words, opening a term, seeing what it touches.
import { alignSelection } from "./api.js";
import { fragment, noAnswerText } from "./fragment.js";
import { allRows, rowOf } from "./row.js";

const dialog = document.getElementById("term-dialog");

export const termDialogOpen = () => dialog.open;

export async function openTerm(url) {
  const html = await fragment(url);
  if (html === null) return;
  dialog.innerHTML = html;
  dialog.showModal();
  const fields = [...dialog.querySelectorAll('input[name="source"], input[name="target"]')];
  (fields.find((field) => !field.value) ?? fields[0])?.focus();
}

// English selected in the row: the Vietnamese it stands for is proposed; Vietnamese selected: that.
export async function addTerm(row) {
  const values = new URLSearchParams({ segment: row?.id ?? "" });
  const chosen = window.getSelection();
  const inSource = chosen?.anchorNode?.parentElement?.closest(".source");
  const area = row?.area;
  if (inSource && !chosen.isCollapsed) {
    values.set("source", chosen.toString().trim());
    values.set("segment", rowOf(inSource)?.id ?? "");
  } else if (area && area.selectionEnd > area.selectionStart) {
    values.set("target", area.value.slice(area.selectionStart, area.selectionEnd).trim());
    const found = await alignSelection(row.id, area.value, area.selectionStart, area.selectionEnd);
    if (found.term) return openTerm(`/glossary/${found.term}?segment=${row.id}`);
    if (found.source) values.set("source", found.source);
  }
  openTerm(`/glossary/new?${values}`);
}

// A saved term changes marks and checks in many rows: all texts are saved first, then the page is loaded anew.
async function send(event) {
  event.preventDefault();
  const form = event.target;
  const body = new FormData(form, event.submitter);
  await Promise.all(allRows().map((row) => row.save()));
  const sent = fetch(form.getAttribute("action"), { method: "POST", body, headers: { "HX-Request": "true" }, redirect: "manual" });
  const response = await sent.catch(() => null);
  const html = await response?.text().catch(() => null);
  if (typeof html !== "string") return unsent(form);
  if (response.type === "opaqueredirect") {
    const segment = body.get("segment");
    if (segment) history.replaceState(null, "", `#s${segment}`);
    location.reload();
    return;
  }
  dialog.innerHTML = html;
  dialog.querySelector("input:not([type=hidden]), .button.primary")?.focus();
}

// Said inside the dialog, which covers the save state; what was typed stands there to be sent again.
function unsent(form) {
  form.querySelector("[role=alert]")?.remove();
  const said = Object.assign(document.createElement("p"), { className: "message error", textContent: noAnswerText });
  said.setAttribute("role", "alert");
  form.prepend(said);
  said.scrollIntoView({ block: "nearest" });
}

dialog.addEventListener("submit", (event) => {
  if (event.target.method !== "dialog") send(event);
});
dialog.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close]")) return;
  event.preventDefault();
  dialog.close();
});
