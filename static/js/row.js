// One row of the editor: its text, its saving, its approval.
import { approveSegment, saveSegment } from "./api.js";
import * as drafts from "./drafts.js";
import * as trouble from "./trouble.js";

const SAVE_AFTER = 700;
const RETRY_AFTER = 3000;
const rows = new Map();
const words = document.getElementById("rows").dataset;
const language = document.documentElement.lang;
const ratio = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const rowOf = (element) => rows.get(element?.closest?.(".segment")?.id);
export const rowById = (id) => rows.get(`s${id}`);
export const allRows = () => [...rows.values()];
export const saveAll = async () => (await Promise.all(allRows().map((row) => row.save()))).every(Boolean);

export class Row {
  constructor(element) {
    this.element = element;
    this.id = Number(element.dataset.id);
    this.source = element.querySelector(".source p").textContent.trim();
    this.area = element.querySelector("textarea");
    // Not the value: somebody may have typed before this script was here.
    this.saved = this.area.defaultValue;
    this.timer = 0;
    this.saving = null;
    this.conflict = false;
    this.gone = false;
    this.approving = false;
    rows.set(element.id, this);
    this.area.addEventListener("input", () => this.changed());
    this.restoreKept();
    this.fit();
  }

  get base() { return Number(this.element.dataset.revision) || null; }
  get state() { return this.element.dataset.state; }
  get dirty() { return this.area.value !== this.saved; }
  get approved() { return this.state === "approved" && !this.dirty; }
  get hidden() { return this.element.hidden; }

  // A text that the server never got (it was gone, or the tab was closed) comes back as it was.
  restoreKept() {
    const kept = drafts.kept(this.id, this.source);
    if (this.dirty) return this.changed();
    if (!kept || kept.text === this.saved) return this.forgetDraft();
    this.area.value = kept.text;
    if (kept.base !== this.base) this.element.dataset.revision = kept.base ?? "";
    this.changed();
  }

  keepDraft() { drafts.keep(this.id, this.source, words.article, this.area.value, this.base); }
  forgetDraft() { drafts.forget(this.id, this.source); }

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
    if (!this.dirty) return this.forgetDraft();
    this.saveSoon();
  }

  saveSoon() {
    this.keepDraft();
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
    if (text) this.insert(text);
    else document.execCommand("delete");
  }

  // Saves wait for each other; what was typed meanwhile is saved next.
  async save(options) {
    clearTimeout(this.timer);
    if (this.saving) await this.saving;
    if (!this.dirty) return true;
    if (this.conflict || this.gone) return false;
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
      result = { status: 503, answer: {} };
    }
    // Gone, restarting or busy: the text is kept here and sent again.
    if (result.status >= 500) {
      this.tell("bad", words.textOffline);
      this.timer = setTimeout(() => this.save(), RETRY_AFTER);
      return false;
    }
    if (result.status === 200) {
      this.accept(result.answer, text);
      return true;
    }
    this.refused(result);
    return false;
  }

  refused({ status, answer }) {
    if (status === 409) this.showConflict(answer.newest);
    else if (status === 422) {
      this.tell("bad", words.textBlocked);
      trouble.blocked(this, answer.checks);
    } else if (status === 410) {
      this.gone = true;
      this.tell("bad", words.textGone);
      trouble.gone(this);
    } else this.tell("bad", `${words.textFailed}: ${answer.said ?? status}`);
  }

  // The server has ``text`` as this revision; what was typed since stays.
  accept(revision, text) {
    this.saved = text;
    this.conflict = false;
    this.element.dataset.revision = revision.revision;
    this.element.dataset.state = revision.status;
    this.element.querySelector('[name="base_revision"]').value = revision.revision;
    this.element.toggleAttribute("data-dirty", this.dirty);
    const number = this.element.querySelector(".no > a");
    number.setAttribute("aria-label", number.dataset.label.replace("{state}", revision.status === "approved" ? words.textApproved : words.textDraft));
    trouble.clear(this);
    this.showChecks(revision.checks ?? []);
    if (this.dirty) this.saveSoon();
    else {
      this.forgetDraft();
      this.tell("ok", `${words.textSaved} ✓`);
    }
    this.element.dispatchEvent(new CustomEvent("row:saved", { bubbles: true }));
  }

  // One at a time: a second press while the first is on its way would be a conflict with oneself.
  async approve(confirm = false) {
    if (this.approving) return false;
    this.approving = true;
    try {
      return await this.sendApproval(confirm);
    } finally {
      this.approving = false;
    }
  }

  async sendApproval(confirm) {
    if (!(await this.save())) return false;
    const text = this.area.value;
    let result;
    try {
      result = await approveSegment(this.id, this.base, text, confirm);
    } catch {
      this.tell("bad", words.textOffline);
      return false;
    }
    if (result.status !== 200) {
      this.refused(result);
      return false;
    }
    // Setting the value would empty the browser's list of what can be undone.
    if (text === this.area.value && text !== result.answer.text) this.area.value = result.answer.text;
    this.accept(result.answer, result.answer.text);
    return true;
  }

  // Somebody else saved: the row follows, unless something is being typed in it.
  follow(segment) {
    const theirs = segment.translation;
    if (!theirs || theirs.revision <= (this.base ?? 0) || this.saving) return;
    if (this.dirty) {
      if (!this.conflict) this.showConflict(theirs);
      return;
    }
    this.area.value = theirs.text;
    this.accept({ ...theirs, checks: segment.checks }, theirs.text);
    this.fit();
    this.tell("ok", words.textUpdated.replace("{who}", theirs.author));
    this.element.setAttribute("data-fresh", "");
    setTimeout(() => this.element.removeAttribute("data-fresh"), 2000);
  }

  // The machine is done with the row: its words come in where nobody has written any.
  translated(segment) {
    if (segment.translation || !segment.machine || this.base || this.dirty || this.saving) return;
    this.saved = this.area.value = this.area.defaultValue = segment.machine.text;
    this.element.dataset.state = "machine";
    this.element.querySelector(".state").textContent = `${segment.machine.engine} ${segment.machine.model}`;
    this.showChecks(segment.checks);
    this.fit();
    this.count();
  }

  showConflict(newest) {
    this.conflict = true;
    clearTimeout(this.timer);
    this.tell("bad", words.textConflict);
    trouble.conflict(this, newest);
  }

  keepMine(newest) {
    this.element.dataset.revision = newest.revision;
    this.conflict = false;
    this.saved = newest.text;
    trouble.clear(this);
    this.save();
  }

  // As if typed: one Ctrl+Z brings one's own text back.
  takeTheirs(newest) {
    this.element.dataset.revision = newest.revision;
    this.replace(newest.text);
    this.accept(newest, newest.text);
  }

  tell(kind, text) {
    const state = this.element.querySelector(".state");
    state.className = `state ${kind}`;
    state.textContent = text;
    const bar = document.getElementById("save-state");
    const unsaved = allRows().some((row) => row.dirty);
    bar.hidden = false;
    bar.className = `chip ${unsaved ? (kind === "bad" ? "error" : "busy") : "ok"}`;
    bar.textContent = unsaved ? text : words.textSaved;
  }

  count() {
    const source = this.element.querySelector(".source p").textContent.trim().length;
    const target = this.area.value.trim();
    const counts = this.element.querySelector(".counts");
    counts.textContent = target ? `${words.textWords.replace("{n}", target.split(/\s+/).length.toLocaleString(language))} · ${ratio.format(target.length / Math.max(1, source))}` : "";
  }

  showChecks(checks) {
    const list = this.element.querySelector(".row-checks");
    list.replaceChildren(...checks.map((check) => {
      const item = document.createElement("li");
      item.className = `chip ${check.severity === "error" ? "error" : "warn"}`;
      item.textContent = check.said;
      return item;
    }));
    this.element.dataset.checks = checks.map((check) => check.check).join(" ");
    this.element.dataset.errors = checks.filter((check) => check.severity === "error").length;
    this.element.dataset.warnings = checks.filter((check) => check.severity === "warning").length;
  }

  showSaid(count) {
    const said = this.element.querySelector("[data-said]");
    said.hidden = !count;
    said.querySelector("b").textContent = count;
  }
}
