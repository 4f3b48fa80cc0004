// One row of the editor: its text, its saving, its approval.
import { approveSegment, saveSegment } from "./api.js";
import * as drafts from "./drafts.js";

const SAVE_AFTER = 700;
const RETRY_AFTER = 3000;
const rows = new Map();
const words = document.getElementById("rows").dataset;

export const rowOf = (element) => rows.get(element?.closest?.(".segment")?.id);
export const allRows = () => [...rows.values()];

export class Row {
  constructor(element) {
    this.element = element;
    this.id = Number(element.dataset.id);
    this.area = element.querySelector("textarea");
    this.saved = this.area.value;
    this.timer = 0;
    this.saving = null;
    rows.set(element.id, this);
    this.area.addEventListener("input", () => this.changed());
    this.restoreKept();
    this.fit();
  }

  get base() { return Number(this.element.dataset.revision) || null; }
  get dirty() { return this.area.value !== this.saved; }
  get approved() { return this.element.dataset.state === "approved" && !this.dirty; }

  // A text that the server never got (it was gone, or the tab was closed) comes back as it was.
  restoreKept() {
    const kept = drafts.kept(this.id);
    if (!kept || kept.text === this.saved) return drafts.forget(this.id);
    this.area.value = kept.text;
    if (kept.base !== this.base) this.element.dataset.revision = kept.base ?? "";
    this.changed();
  }

  fit() {
    if (CSS.supports("field-sizing", "content")) return;
    this.area.style.height = "auto";
    this.area.style.height = `${this.area.scrollHeight}px`;
  }

  changed() {
    this.fit();
    this.count();
    this.element.toggleAttribute("data-dirty", this.dirty);
    clearTimeout(this.timer);
    if (!this.dirty) return drafts.forget(this.id);
    drafts.keep(this.id, this.area.value, this.base);
    this.tell("busy", words.textUnsaved);
    if (!this.conflict) this.timer = setTimeout(() => this.save(), SAVE_AFTER);
  }

  // Put text where the cursor is, as if typed, so that the browser can undo it.
  insert(text) {
    this.area.focus();
    if (!document.execCommand("insertText", false, text)) this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
    this.changed();
  }

  replace(text) {
    this.area.focus();
    this.area.select();
    this.insert(text);
  }

  // Saves wait for each other; what was typed meanwhile is saved next.
  async save(options) {
    clearTimeout(this.timer);
    if (this.saving) await this.saving;
    if (!this.dirty) return true;
    this.saving = this.send(options).finally(() => { this.saving = null; });
    return this.saving;
  }

  async send(options) {
    const text = this.area.value;
    this.tell("busy", words.textSaving);
    let result;
    try {
      result = await saveSegment(this.id, text, this.base, options);
    } catch {
      this.tell("bad", words.textOffline);
      this.timer = setTimeout(() => this.save(), RETRY_AFTER);
      return false;
    }
    if (result.status === 200) {
      this.accept(result.answer, text);
      return true;
    }
    if (result.status === 409) this.showConflict(result.answer.newest);
    else this.tell("bad", `${words.textFailed}: ${result.answer.error ?? result.status}`);
    return false;
  }

  accept(revision, text) {
    this.saved = text;
    this.conflict = false;
    this.element.dataset.revision = revision.revision;
    this.element.dataset.state = revision.status;
    this.element.querySelector('[name="base_revision"]').value = revision.revision;
    this.element.toggleAttribute("data-dirty", this.dirty);
    this.showTrouble(null);
    this.showChecks(revision.checks ?? []);
    if (this.dirty) drafts.keep(this.id, this.area.value, this.base);
    else drafts.forget(this.id);
    this.tell("ok", `${words.textSaved} ✓`);
    this.element.dispatchEvent(new CustomEvent("row:saved", { bubbles: true }));
  }

  async approve(confirm = false) {
    if (!(await this.save())) return false;
    let result;
    try {
      result = await approveSegment(this.id, this.base, confirm);
    } catch {
      this.tell("bad", words.textOffline);
      return false;
    }
    if (result.status === 200) {
      this.accept(result.answer, result.answer.text);
      this.area.value = result.answer.text;
      this.element.toggleAttribute("data-dirty", false);
      return true;
    }
    if (result.status === 409) this.showConflict(result.answer.newest);
    else if (result.status === 422) this.showBlocked(result.answer.checks);
    else this.tell("bad", `${words.textFailed}: ${result.answer.error ?? result.status}`);
    return false;
  }

  tell(kind, text) {
    const state = this.element.querySelector(".state");
    state.className = `state ${kind}`;
    state.textContent = text;
    const bar = document.getElementById("save-state");
    const unsaved = allRows().filter((row) => row.dirty).length;
    bar.hidden = false;
    bar.className = `chip ${unsaved ? (kind === "bad" ? "error" : "busy") : "ok"}`;
    bar.textContent = unsaved ? text : words.textSaved;
  }

  count() {
    const source = this.element.querySelector(".source p").textContent.trim().length;
    const target = this.area.value.trim();
    const counts = this.element.querySelector(".counts");
    counts.textContent = target ? `${target.split(/\s+/).length} w · ${(target.length / Math.max(1, source)).toFixed(2)}` : "";
  }

  showChecks(checks) {
    const list = this.element.querySelector(".row-checks");
    list.replaceChildren(...checks.map((check) => {
      const item = document.createElement("li");
      item.className = `chip ${check.severity === "error" ? "error" : "warn"}`;
      item.textContent = check.message;
      return item;
    }));
    this.element.dataset.errors = checks.filter((check) => check.severity === "error").length;
    this.element.dataset.warnings = checks.filter((check) => check.severity === "warning").length;
  }

  // Nothing of either text is lost: both stand there until one is chosen or they are merged by hand.
  showConflict(newest) {
    this.conflict = true;
    this.tell("bad", words.textConflict);
    const title = document.createElement("b");
    title.textContent = `${words.textConflict}: ${newest.author}`;
    const theirs = document.createElement("p");
    theirs.lang = "en";
    theirs.textContent = newest.text;
    this.showTrouble([title, theirs], [
      [words.textMine, () => { this.element.dataset.revision = newest.revision; this.conflict = false; this.saved = newest.text; this.save(); this.showTrouble(null); }],
      [words.textTheirs, () => { this.area.value = newest.text; this.accept(newest, newest.text); this.fit(); }],
    ]);
  }

  showBlocked(checks) {
    this.tell("bad", words.textBlocked);
    const title = document.createElement("b");
    title.textContent = words.textBlocked;
    const list = document.createElement("ul");
    list.append(...checks.map((check) => Object.assign(document.createElement("li"), { textContent: check.message })));
    this.showTrouble([title, list], [[words.textAnyway, () => this.approve(true)]]);
  }

  showTrouble(parts, choices = []) {
    const trouble = this.element.querySelector(".trouble");
    trouble.hidden = !parts;
    const actions = document.createElement("div");
    actions.className = "actions";
    actions.append(...choices.map(([label, act]) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
      button.addEventListener("click", act);
      return button;
    }));
    trouble.replaceChildren(...(parts ?? []), ...(parts ? [actions] : []));
  }
}
