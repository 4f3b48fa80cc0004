// What stands under the active row: glossary, checks, machine, comments, revisions.
// A refresh never takes focus, cursor or a half-written comment away.
import { fragment } from "./fragment.js";

const CHOICE = "workbench.diff";

export async function load(row, isActive) {
  const panel = row.element.querySelector(".panel");
  panel.hidden = panel.childElementCount === 0;
  const html = await fragment(`/segments/${row.id}/panel`);
  if (html === null || !isActive()) return;
  put(panel, html);
  panel.hidden = false;
}

export function put(panel, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  const fresh = [...made.content.children];
  const old = [...panel.children];
  const same = old.length === fresh.length && old.every((part, i) => part.dataset.part === fresh[i].dataset.part);
  if (!same) {
    const keep = old.find(busy);
    if (keep) return;
    panel.replaceChildren(...fresh);
    fresh.forEach(ready);
    return;
  }
  old.forEach((part, i) => {
    if (busy(part) || part.isEqualNode(fresh[i])) return;
    part.replaceWith(fresh[i]);
    ready(fresh[i]);
  });
}

// In work: it has the focus, or a comment in it is not sent yet.
const busy = (part) => part.contains(document.activeElement) || [...part.querySelectorAll("textarea")].some((area) => area.value.trim());

function ready(part) {
  const chosen = part.querySelector(`.toggle input[value="${localStorage.getItem(CHOICE) ?? "previous"}"]`);
  if (chosen) chosen.checked = true;
}

document.addEventListener("change", (event) => {
  if (event.target.matches(".toggle input")) localStorage.setItem(CHOICE, event.target.value);
});

// Send a comment and show the list that comes back.
export async function comment(row, form) {
  const body = new FormData(form);
  if (!body.get("comment").trim()) return form.querySelector("textarea").focus();
  const response = await fetch(form.getAttribute("action"), { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (response?.type !== "opaqueredirect") {
    form.querySelector("textarea").setAttribute("aria-invalid", "true");
    return;
  }
  form.reset();
  row.area.focus();
  row.element.dispatchEvent(new CustomEvent("row:said", { bubbles: true }));
}
