// The list of articles: ticking rows, files dropped anywhere, text pasted anywhere, what an import is doing.
const add = document.getElementById("add");
const form = document.getElementById("add-form");
const files = form.elements.files;
const dropzone = document.getElementById("dropzone");
const imported = document.getElementById("imported");

// Ticking. The list is exchanged while it stands open, so everything is asked of the document.
const boxes = () => [...document.querySelectorAll('#articles input[name="article"]')];
let last = null;

function showTicked() {
  const all = boxes();
  const ticked = all.filter((box) => box.checked).length;
  const head = document.getElementById("tick-all");
  if (head) {
    head.checked = ticked > 0 && ticked === all.length;
    head.indeterminate = ticked > 0 && ticked < all.length;
  }
  const output = document.querySelector(".ticked");
  if (output) output.textContent = ticked === 1 ? output.dataset.one : output.dataset.many.replace("{n}", ticked);
}

document.addEventListener("click", (event) => {
  const box = event.target;
  if (box.id === "tick-all") {
    for (const other of boxes()) other.checked = box.checked;
  } else if (box.name === "article" && box.type === "checkbox") {
    const all = boxes();
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) for (const other of all.slice(from, to + 1)) other.checked = box.checked;
    last = box;
  } else {
    return;
  }
  showTicked();
});

document.addEventListener("keydown", (event) => {
  // Enter in a box would press the first button under the list.
  if (event.key === "Enter" && event.target.matches?.('#articles input[type="checkbox"]')) event.preventDefault();
});

// Files dropped on the page or pasted into it, and those that were chosen.
const carries = (event) => event.dataTransfer?.types.includes("Files");

document.addEventListener("dragenter", (event) => {
  if (carries(event)) dropzone.hidden = false;
});
document.addEventListener("dragover", (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) dropzone.hidden = true;
});
document.addEventListener("drop", (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  dropzone.hidden = true;
  read(event.dataTransfer.files);
});

function read(list) {
  if (!list.length) return;
  files.files = list;
  add.open = true;
  form.requestSubmit();
}

document.addEventListener("paste", (event) => {
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  const text = event.clipboardData.getData("text/plain");
  if (event.clipboardData.files.length) {
    event.preventDefault();
    read(event.clipboardData.files);
  } else if (text.trim()) {
    event.preventDefault();
    add.open = true;
    form.elements.text.value = text;
    form.elements.text.focus();
    form.scrollIntoView({ block: "nearest" });
  }
});

// While the server reads: what was sent. Afterwards the list it answers with, or that it was not reached.
function say(className, lines) {
  const list = document.createElement("ul");
  list.className = className;
  for (const line of lines) list.append(Object.assign(document.createElement("li"), { textContent: line }));
  imported.replaceChildren(list);
}

form.addEventListener("htmx:beforeRequest", () => {
  if (files.files.length) say("reading", [...files.files].map((file) => file.name));
});
form.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return say("failed", [event.detail.xhr?.responseText ? errorOf(event.detail.xhr) : imported.dataset.failed]);
  if (event.detail.xhr.getResponseHeader("HX-Redirect")) return;
  form.reset();
  add.open = false;
  imported.scrollIntoView({ block: "nearest" });
});

function errorOf(xhr) {
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return page.querySelector("main p")?.textContent ?? imported.dataset.failed;
}

document.addEventListener("htmx:afterSwap", showTicked);
showTicked();
