// Which rows are shown: by state, check and text. workbench/filtering.py does the same on the server.
import { allRows } from "./row.js";

const form = document.getElementById("filter");
const [text, state, check] = ["text", "state", "check"].map((name) => document.getElementById(`filter-${name}`));
const count = document.getElementById("filter-count");
const clearLink = document.getElementById("filter-clear");
const sources = new Map();

const fold = (value) => value.replace(/[đĐ]/g, "d").normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

function sourceOf(row) {
  if (!sources.has(row)) sources.set(row, fold(row.element.querySelector(".source p").textContent));
  return sources.get(row);
}

function matches(row, wanted) {
  const data = row.element.dataset;
  if (state.value && data.state !== state.value && !(state.value === "open" && data.state !== "approved")) return false;
  if (check.value === "error" || check.value === "warning") {
    if (!Number(data[`${check.value}s`])) return false;
  } else if (check.value && !data.checks.split(" ").includes(check.value)) return false;
  return !wanted || sourceOf(row).includes(wanted) || fold(row.area.value).includes(wanted);
}

// The row in work stays, whatever becomes of it.
export function apply(active) {
  const wanted = fold(text.value.trim());
  const filtered = Boolean(wanted || state.value || check.value);
  if (!filtered && clearLink.hidden) return;
  let shown = 0;
  for (const row of allRows()) {
    const fits = !filtered || matches(row, wanted);
    shown += fits;
    row.element.hidden = !fits && row !== active;
  }
  clearLink.hidden = !filtered;
  count.textContent = filtered ? form.dataset.textCount.replace("{shown}", shown).replace("{all}", allRows().length) : "";
  document.getElementById("rows").toggleAttribute("data-none", filtered && shown === 0);
  const query = new URLSearchParams([["q", text.value.trim()], ["state", state.value], ["check", check.value]].filter(([, value]) => value));
  history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
}

export function install(getActive) {
  const now = () => apply(getActive());
  form.addEventListener("input", now);
  form.addEventListener("submit", (event) => { event.preventDefault(); now(); });
  clearLink.addEventListener("click", (event) => {
    event.preventDefault();
    for (const field of [text, state, check]) field.value = "";
    now();
    text.focus();
  });
}

export const focus = () => { text.focus(); text.select(); };
