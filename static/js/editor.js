// The editor: which row is active, its panel, the keyboard, the glossary dialog, the counts.
import { Row, allRows, rowOf } from "./row.js";
import { addTerm, openTerm, termDialogOpen } from "./terms.js";

const help = document.getElementById("help");
let active = null;

for (const element of document.querySelectorAll("#rows .segment")) new Row(element);

function activate(row) {
  if (active === row) return;
  if (active) {
    active.element.removeAttribute("aria-current");
    active.element.querySelector(".panel").hidden = true;
    active.save();
  }
  active = row;
  row.element.setAttribute("aria-current", "true");
  row.count();
  loadPanel();
}

function loadPanel() {
  const panel = active.element.querySelector(".panel");
  panel.hidden = panel.childElementCount === 0;
  const row = active;
  htmx.ajax("GET", `/segments/${row.id}/panel`, { target: panel, swap: "innerHTML" })
    .then(() => { panel.hidden = row !== active; });
}

function move(step) {
  const rows = allRows();
  const next = rows[rows.indexOf(active) + step] ?? (active ? null : rows[0]);
  if (next) focusRow(next);
}

function focusRow(row) {
  row.area.focus();
  row.element.scrollIntoView({ block: "nearest" });
}

async function approveAndGoOn() {
  const row = active;
  const rows = allRows();
  if (!(await row.approve())) return;
  const next = rows.slice(rows.indexOf(row) + 1).find((other) => !other.approved) ?? rows.find((other) => !other.approved);
  if (next) focusRow(next);
  else loadPanel();
}

function insertTerm(number) {
  const mark = active.element.querySelector(`mark.term[data-number="${number}"]`);
  if (mark) active.insert(mark.dataset.target);
}

function takeMachine() {
  const button = active.element.querySelector("[data-machine]");
  if (button) active.replace(button.dataset.replace);
}

function showCounts() {
  const rows = allRows();
  const sum = (name) => rows.reduce((total, row) => total + Number(row.element.dataset[name] || 0), 0);
  const approved = rows.filter((row) => row.element.dataset.state === "approved").length;
  document.querySelector('[data-count="approved"]').textContent = approved;
  document.querySelector(".articlebar progress").value = approved;
  for (const [name, data] of [["error", "errors"], ["warning", "warnings"]]) {
    document.querySelector(`[data-count="${name}"]`).textContent = sum(data);
    document.querySelector(`[data-count-chip="${name}"]`).hidden = sum(data) === 0;
  }
}

document.addEventListener("focusin", (event) => {
  const row = rowOf(event.target);
  if (row && event.target === row.area) activate(row);
});

document.addEventListener("row:saved", (event) => {
  showCounts();
  if (active?.element === event.target) loadPanel();
});

document.addEventListener("click", (event) => {
  const row = rowOf(event.target);
  const target = event.target.closest("button, a, mark.term");
  if (!target) {
    if (row && event.target.closest(".target") && !event.target.closest(".panel")) row.area.focus();
    return;
  }
  if (target.matches("mark.term") && row) {
    if (row === active) row.insert(target.dataset.target);
    else row.area.focus();
  } else if (target.dataset.insert && row) {
    row.insert(target.dataset.insert);
  } else if (target.dataset.replace !== undefined && row) {
    event.preventDefault();
    row.replace(target.dataset.replace);
  } else if (target.matches("[data-add-term]")) {
    event.preventDefault();
    addTerm(active);
  } else if (target.matches("[data-open-term]")) {
    event.preventDefault();
    openTerm(target.getAttribute("href"));
  } else if (target.dataset.action === "help") {
    help.showModal();
  }
});

// The forms of rows work without scripts; with scripts the page stays.
document.addEventListener("submit", async (event) => {
  const row = rowOf(event.target);
  if (row && event.target.matches(".target")) {
    event.preventDefault();
    activate(row);
    if (event.submitter?.value === "approve") await approveAndGoOn();
    else await row.save();
  } else if (event.target.matches("[data-flush]") && allRows().some((other) => other.dirty)) {
    event.preventDefault();
    const done = await Promise.all(allRows().map((other) => other.save()));
    if (done.every(Boolean)) event.target.submit();
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "?" && !typing) return help.showModal();
  if (termDialogOpen() || help.open) return;
  const control = event.ctrlKey || event.metaKey;
  const actions = {
    Enter: control && active && approveAndGoOn,
    s: control && (() => active?.save()),
    ArrowUp: event.altKey && (() => move(-1)),
    ArrowDown: event.altKey && (() => move(1)),
    m: event.altKey && active && takeMachine,
    g: event.altKey && (() => addTerm(active)),
    Escape: typing && active && (() => active.area.blur()),
  };
  const digit = event.altKey && active && /^Digit([1-9])$/.exec(event.code);
  const action = digit ? () => insertTerm(digit[1]) : actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// Leaving: what is not saved is sent along, and is kept in the browser in case that fails.
window.addEventListener("pagehide", () => {
  for (const row of allRows()) if (row.dirty && !row.conflict) row.save({ keepalive: true });
});
window.addEventListener("beforeunload", (event) => {
  if (allRows().some((row) => row.conflict)) event.preventDefault();
});

showCounts();
const wanted = location.hash && rowOf(document.getElementById(location.hash.slice(1)));
if (wanted) focusRow(wanted);
