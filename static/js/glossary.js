// The list of terms: tick a whole page, say how many are ticked. Everything works without it.
const boxes = (form) => [...form.querySelectorAll('input[name="id"]')];

document.addEventListener("change", (event) => {
  const form = event.target.closest("#terms");
  if (!form) return;
  if (event.target.matches("[data-tick-all]")) for (const box of boxes(form)) box.checked = event.target.checked;
  const ticked = boxes(form).filter((box) => box.checked).length;
  const all = form.querySelector("[data-tick-all]");
  all.checked = ticked > 0 && ticked === boxes(form).length;
  all.indeterminate = ticked > 0 && !all.checked;
  const said = form.querySelector("[data-ticked]");
  said.textContent = ticked ? said.dataset.text.replace("{n}", ticked) : "";
});
