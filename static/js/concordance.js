// Ctrl+K in the editor: the selected words looked up in the memory, in a window over the rows.
import { fragment } from "./fragment.js";

const dialog = document.getElementById("concordance");
const SEARCH_AFTER = 200;
let timer = 0;
let asked = 0;

function selectedWords() {
  const field = document.activeElement;
  const inField = field?.matches?.("textarea") ? field.value.slice(field.selectionStart, field.selectionEnd) : "";
  return (inField || window.getSelection()?.toString() || "").trim();
}

// Answers may overtake each other, here and in the search: the last question's is shown.
async function open() {
  clearTimeout(timer);
  const number = ++asked;
  const html = await fragment(`/memory/window?${new URLSearchParams({ q: selectedWords() })}`);
  if (html === null || number !== asked) return;
  dialog.innerHTML = html;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
}

async function search() {
  clearTimeout(timer);
  const form = dialog.querySelector("[role=search]");
  const number = ++asked;
  const html = await fragment(`${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`);
  if (html !== null && number === asked) dialog.querySelector(".hits").outerHTML = html;
}

dialog.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, SEARCH_AFTER);
});
dialog.addEventListener("submit", (event) => {
  if (event.target.method === "dialog") return;
  event.preventDefault();
  search();
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
  event.preventDefault();
  open();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-concordance]")) return;
  event.preventDefault();
  open();
});
