// Ctrl+K in the editor: the selected words looked up in the memory, in a window over the rows.
const dialog = document.getElementById("concordance");

function selectedWords() {
  const field = document.activeElement;
  const inField = field?.matches?.("textarea") ? field.value.slice(field.selectionStart, field.selectionEnd) : "";
  return (inField || window.getSelection()?.toString() || "").trim();
}

function open() {
  const url = `/memory/window?${new URLSearchParams({ q: selectedWords() })}`;
  htmx.ajax("GET", url, { target: dialog, swap: "innerHTML" }).then(() => {
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").select();
  });
}

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
