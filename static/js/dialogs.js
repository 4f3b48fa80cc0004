// Find and replace, and splitting a row: the pages of the server in a dialog.
import { fragment } from "./fragment.js";
import { saveAll } from "./row.js";

const dialog = document.getElementById("work-dialog");
const PREVIEW_AFTER = 250;
let timer = 0;
let asked = 0;

export const isOpen = () => dialog.open;

// Answers may overtake each other: the last question's is shown.
async function fill(url) {
  clearTimeout(timer);
  const number = ++asked;
  const html = await fragment(url);
  if (html === null || number !== asked) return false;
  const at = dialog.querySelector(":focus")?.name;
  const made = document.createElement("template");
  made.innerHTML = html;
  // While a query is typed only the places change, so that neither cursor nor undo is lost.
  const places = dialog.querySelector("#places");
  if (places && at) places.replaceWith(made.content.querySelector("#places"));
  else dialog.replaceChildren(made.content);
  return true;
}

export async function open(url) {
  if (!(await saveAll())) return;
  dialog.replaceChildren();
  if (!(await fill(url))) return;
  dialog.showModal();
  dialog.querySelector("input:not([type=hidden]), textarea")?.focus();
}

function preview() {
  const form = dialog.querySelector("[data-preview]");
  fill(`${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`);
}

dialog.addEventListener("input", (event) => {
  if (!event.target.closest("[data-preview]")) return;
  clearTimeout(timer);
  timer = setTimeout(preview, PREVIEW_AFTER);
});
dialog.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-preview]")) return;
  event.preventDefault();
  preview();
});
dialog.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close]")) return;
  event.preventDefault();
  dialog.close();
});
