// The editor: which row is active, the keyboard, the counts; what it needs stands in modules of its own.
import * as drafts from "./drafts.js";
import { left } from "./trouble.js";
import * as dialogs from "./dialogs.js";
import * as filter from "./filter.js";
import * as panel from "./panel.js";
import * as presence from "./presence.js";
import { Row, allRows, rowById, rowOf, saveAll } from "./row.js";
import { addTerm, openTerm, termDialogOpen } from "./terms.js";

const help = document.getElementById("help");
let active = null;
let last = null;

for (const element of document.querySelectorAll("#rows .segment")) new Row(element);
for (const draft of drafts.orphans(document.getElementById("rows").dataset.article, (kept) => rowById(kept.id)?.source === kept.source)) {
  left(draft, () => drafts.forget(draft.id, draft.source));
}

// The text being worked on stays where it is on the screen, whatever opens and closes above it.
function holding(element, change) {
  const before = element.getBoundingClientRect().top;
  change();
  const moved = element.getBoundingClientRect().top - before;
  if (moved) window.scrollBy({ top: moved, behavior: "instant" });
}

function activate(row) {
  if (active === row) return;
  holding(row.area, () => {
    close();
    active = last = row;
    row.element.setAttribute("aria-current", "true");
  });
  row.count();
  loadPanel();
}

function close() {
  if (!active) return;
  const left = active;
  active = null;
  left.element.removeAttribute("aria-current");
  left.element.querySelector(".panel").hidden = true;
  left.save();
  filter.apply(null);
}

function loadPanel() {
  const row = active;
  panel.load(row, () => row === active);
}

const shownRows = () => allRows().filter((row) => !row.hidden);

function move(step) {
  const rows = shownRows();
  const from = rows.indexOf(active ?? last);
  const next = from < 0 ? rows[0] : rows[from + (active ? step : 0)];
  if (next) focusRow(next);
}

function focusRow(row) {
  row.area.focus({ preventScroll: true });
  row.element.scrollIntoView({ block: "nearest" });
}

// The next row after the one in work for which ``wanted`` holds, from the top again behind the last.
function nextRow(wanted) {
  const rows = shownRows();
  const from = rows.indexOf(active ?? last) + 1;
  return [...rows.slice(from), ...rows.slice(0, from)].find((row) => row !== active && wanted(row));
}

function goToNext(wanted) {
  const next = nextRow(wanted);
  if (next) focusRow(next);
}

async function approveAndGoOn(confirmed = false) {
  const row = active;
  if (!(await row.approve(confirmed)) || active !== row) return;
  const next = nextRow((other) => !other.approved);
  if (next) focusRow(next);
  else loadPanel();
}

// Out of the row: the focus goes to its number, from where Tab and Alt+arrows go on.
function leave() {
  const row = active;
  if (document.activeElement !== row.area && row.element.contains(document.activeElement)) return row.area.focus();
  row.element.querySelector(".no a").focus({ preventScroll: true });
  close();
}

function insertTerm(number) {
  const mark = active.element.querySelector(`mark.term[data-number="${number}"]`);
  if (mark) active.insert(mark.dataset.target);
}

const inPanel = (selector) => active?.element.querySelector(`.panel ${selector}`);

function take(selector) {
  const button = inPanel(selector);
  if (button) active.replace(button.dataset.replace);
}

// Both rows are saved first; the form then carries the revisions that this page has seen.
async function merge(form) {
  const row = rowOf(form), next = rowById(form.dataset.merge);
  if (!(await saveAll())) return;
  form.elements.base_revision.value = row.base ?? "";
  form.elements.next_revision.value = next?.base ?? "";
  form.submit();
}

function showCounts() {
  const rows = allRows();
  const sum = (name) => rows.reduce((total, row) => total + Number(row.element.dataset[name] || 0), 0);
  const approved = rows.filter((row) => row.state === "approved").length;
  document.querySelector('[data-count="approved"]').textContent = approved;
  document.querySelector(".articlebar progress").value = approved;
  for (const [name, data] of [["error", "errors"], ["warning", "warnings"]]) {
    document.querySelector(`[data-count="${name}"]`).textContent = sum(data);
    document.querySelector(`[data-count-chip="${name}"]`).hidden = sum(data) === 0;
  }
}

// A row pressed with the mouse opens when the button is let go: what moves under it selects no words.
let pressed = null;
document.addEventListener("pointerdown", (event) => { pressed = rowOf(event.target); });
document.addEventListener("pointerup", () => setTimeout(() => {
  if (pressed && document.activeElement === pressed.area) activate(pressed);
  pressed = null;
}));
document.addEventListener("focusin", (event) => {
  const row = rowOf(event.target);
  if (row && event.target === row.area && row !== pressed) activate(row);
});

document.addEventListener("row:saved", (event) => {
  showCounts();
  filter.apply(active);
  if (active?.element === event.target) loadPanel();
});
document.addEventListener("rows:translated", () => {
  showCounts();
  filter.apply(active);
  if (active) loadPanel();
});
document.addEventListener("row:confirmed", (event) => {
  activate(rowOf(event.target));
  approveAndGoOn(true);
});
document.addEventListener("row:said", () => {
  loadPanel();
  presence.look();
});

const clicks = {
  help: () => help.showModal(),
  "next-error": () => goToNext((row) => Number(row.element.dataset.errors)),
  "next-warning": () => goToNext((row) => Number(row.element.dataset.warnings)),
  replace: (target) => dialogs.open(target.href),
  split: (target) => dialogs.open(target.href),
};

document.addEventListener("click", async (event) => {
  const row = rowOf(event.target);
  const target = event.target.closest("button, a, mark.term");
  if (!target) {
    if (row && event.target.closest(".target") && !event.target.closest(".panel")) row.area.focus();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
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
  } else if (target.dataset.action in clicks) {
    event.preventDefault();
    clicks[target.dataset.action](target);
  } else if (target.matches("a[data-flush]") && allRows().some((other) => other.dirty)) {
    event.preventDefault();
    if (await saveAll()) location.href = target.href;
  }
});

// The forms of rows work without scripts; with scripts the page stays.
document.addEventListener("submit", async (event) => {
  const form = event.target, row = rowOf(form);
  if (row && form.matches(".target")) {
    event.preventDefault();
    activate(row);
    if (event.submitter?.value === "approve") await approveAndGoOn();
    else await row.save();
  } else if (row && form.matches("[data-comment]")) {
    event.preventDefault();
    await panel.comment(row, form);
  } else if (row && form.matches("[data-merge]")) {
    event.preventDefault();
    await merge(form);
  } else if (form.matches("[data-flush]") && allRows().some((other) => other.dirty)) {
    event.preventDefault();
    if (await saveAll()) form.submit();
  }
});

// By the place of the key for Alt: with Alt some keyboards write other characters.
const withAlt = {
  ArrowUp: () => move(-1),
  ArrowDown: () => move(1),
  KeyG: () => addTerm(active),
  KeyE: () => clicks["next-error"](),
  KeyF: () => filter.focus(),
  KeyH: () => dialogs.open(document.querySelector('[data-action="replace"]').href),
};
const withAltInRow = {
  KeyM: () => take("[data-machine]"),
  KeyR: () => take("[data-memory]"),
  KeyJ: () => inPanel("[data-merge]")?.requestSubmit(),
  KeyB: () => inPanel('[data-action="split"]')?.click(),
  KeyC: () => inPanel("[data-comment] textarea")?.focus(),
};

function actionOf(event) {
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey && !control) {
    const digit = active && /^Digit([1-9])$/.exec(event.code);
    if (digit) return () => insertTerm(digit[1]);
    return withAlt[event.code] ?? (active && withAltInRow[event.code]);
  }
  if (control && event.key === "Enter" && active) {
    const comment = event.target.closest?.("[data-comment]");
    return comment ? () => comment.requestSubmit() : () => approveAndGoOn();
  }
  if (control && event.key.toLowerCase() === "s") return () => active?.save();
  if (event.key === "Escape" && active && !event.isComposing) return leave;
  return null;
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "?" && !typing) return help.showModal();
  if (termDialogOpen() || dialogs.isOpen() || help.open) return;
  const action = actionOf(event);
  if (!action) return;
  event.preventDefault();
  action();
});

// Leaving: what is not saved is sent along, and is kept in the browser in case that fails.
window.addEventListener("pagehide", () => {
  for (const row of allRows()) if (row.dirty && !row.conflict) row.save({ keepalive: true });
});
window.addEventListener("beforeunload", (event) => {
  if (allRows().some((row) => row.conflict || (row.gone && row.dirty))) event.preventDefault();
});

showCounts();
filter.install(() => active);
presence.install();
const wanted = location.hash && rowOf(document.getElementById(location.hash.slice(1)));
if (wanted) focusRow(wanted);
else if (rowOf(document.activeElement)) activate(rowOf(document.activeElement));
document.getElementById("rows").dataset.ready = "";
