// What others save in this article, asked for every few seconds while the page is looked at.
import { allRows, rowById } from "./row.js";

const EVERY = 5000;
const MACHINE_EVERY = 700;
const rows = document.getElementById("rows");
let newest = Number(rows.dataset.newest);

export async function look() {
  if (document.hidden) return;
  let answer;
  try {
    const response = await fetch(`/api/v1/articles/${rows.dataset.article}/changes?since=${newest}`);
    if (!response.ok) return;
    answer = await response.json();
  } catch {
    return;
  }
  newest = Math.max(newest, answer.newest);
  for (const segment of answer.segments) rowById(segment.id)?.follow(segment);
  for (const row of allRows()) row.showSaid(answer.comments[row.id] ?? 0);
  if (answer.structure !== Number(rows.dataset.structure)) document.getElementById("structure").hidden = false;
}

// The page does not load anew when the machine is done: somebody may be writing in it. Whether the rows came.
async function machineDone() {
  const response = await fetch(`/api/v1/articles/${rows.dataset.article}`).catch(() => null);
  const answer = response?.ok ? await response.json().catch(() => null) : null;
  if (!answer) return false;
  for (const segment of answer.segments) rowById(segment.id)?.translated(segment);
  rows.dispatchEvent(new CustomEvent("rows:translated", { bubbles: true }));
  return true;
}

// While the machine is at work a message says so; it goes when the machine is done and the rows are here.
async function waitForMachine(message) {
  const response = await fetch(message.dataset.waitFor).catch(() => null);
  if (response?.status === 200 && (await machineDone())) message.remove();
  else setTimeout(waitForMachine, MACHINE_EVERY, message);
}

export function install() {
  const message = document.querySelector("[data-wait-for]");
  if (message) setTimeout(waitForMachine, MACHINE_EVERY, message);
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}
