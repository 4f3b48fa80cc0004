// On every page: the form token for htmx, dropped files, and marking that scripts run.
document.documentElement.classList.add("js");

const token = document.querySelector('meta[name="csrf-token"]').content;
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token;
});

const drop = document.querySelector(".drop");
if (drop) {
  const input = drop.querySelector('input[type="file"]');
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      drop.closest("details").open = true;
      drop.classList.add("over");
    });
  }
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    drop.closest("form").requestSubmit();
  });
}

document.addEventListener("click", (event) => {
  const menu = document.querySelector("details.menu[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});
