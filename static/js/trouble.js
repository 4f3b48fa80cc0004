// What stands in a row's way: somebody saved first, errors stand against approval, the row is gone.
import { marked, words as diff } from "./diff.js";

const words = document.getElementById("rows").dataset;

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function show(row, parts, choices = []) {
  const trouble = row.element.querySelector(".trouble");
  const buttons = choices.map(([label, act]) => {
    const button = element("button", { type: "button", className: "button", textContent: label });
    button.addEventListener("click", act);
    return button;
  });
  trouble.replaceChildren(...parts, ...(buttons.length ? [element("div", { className: "actions" }, ...buttons)] : []));
  trouble.hidden = parts.length === 0;
}

export const clear = (row) => show(row, []);

// Nothing of either text is lost: both stand side by side until one is chosen or they are merged by hand.
export function conflict(row, newest) {
  const mine = element("p", { lang: "en" }), theirs = element("p", { lang: "en" });
  const compare = () => {
    const runs = diff(newest.text, row.area.value);
    mine.replaceChildren(...marked(runs, "insert"));
    theirs.replaceChildren(...marked(runs, "delete"));
  };
  compare();
  row.area.addEventListener("input", () => row.conflict && compare());
  const side = (title, text) => element("section", {}, element("h3", { textContent: title }), text);
  show(row, [
    element("b", { textContent: words.textConflict }),
    element("div", { className: "merge" }, side(words.textYours, mine), side(words.textSavedBy.replace("{who}", newest.author), theirs)),
  ], [
    [words.textMine, () => row.keepMine(newest)],
    [words.textTheirs, () => row.takeTheirs(newest)],
  ]);
}

export function blocked(row, checks) {
  const list = element("ul", {}, ...checks.map((check) => element("li", { textContent: check.said })));
  const confirm = () => row.element.dispatchEvent(new CustomEvent("row:confirmed", { bubbles: true }));
  show(row, [element("b", { textContent: words.textBlocked }), list], [[words.textAnyway, confirm]]);
}

// The row was merged or split: the text stays in it to be copied, and nowhere else.
export function gone(row) {
  show(row, [element("b", { textContent: words.textGone }), element("p", { lang: "en", textContent: row.area.value })]);
}

// A draft whose row was merged or split while it could not be saved: shown above the rows until it is put away.
export function left(draft, putAway) {
  const button = element("button", { type: "button", className: "button", textContent: words.textClose });
  const message = element("section", { className: "message error" },
    element("b", { textContent: words.textGone }),
    element("p", { lang: "vi", className: "soft", textContent: draft.source }),
    element("p", { lang: "en", textContent: draft.text }),
    button);
  button.addEventListener("click", () => { putAway(); message.remove(); });
  document.getElementById("rows").before(message);
}
