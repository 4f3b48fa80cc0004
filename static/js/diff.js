// What differs between two texts, in whole words (as workbench/diff.py does on the server).
const TOKEN = /\s+|[\p{L}\p{N}_]+(?:['’][\p{L}\p{N}_]+)*|[^\p{L}\p{N}_\s]/gu;
const LONGEST = 1500;

export function words(before, after) {
  const old = before.match(TOKEN) ?? [], now = after.match(TOKEN) ?? [];
  if (old.length > LONGEST || now.length > LONGEST) return [["delete", before], ["insert", after]];
  // Lengths of the longest common subsequences of the tails, one flat table.
  const width = now.length + 1;
  const table = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      table[i * width + j] = old[i] === now[j]
        ? table[(i + 1) * width + j + 1] + 1
        : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
    }
  }
  const runs = [];
  const add = (operation, text) => {
    if (runs.at(-1)?.[0] === operation) runs.at(-1)[1] += text;
    else runs.push([operation, text]);
  };
  let i = 0, j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) add("equal", now[(i++, j++)]);
    else if (j >= now.length || (i < old.length && table[(i + 1) * width + j] >= table[i * width + j + 1])) add("delete", old[i++]);
    else add("insert", now[j++]);
  }
  return runs;
}

// The text of one side with what only it has in <ins> or <del>.
export function marked(runs, operation) {
  const tag = operation === "insert" ? "ins" : "del";
  return runs.filter(([kind]) => kind === "equal" || kind === operation).map(([kind, text]) => {
    if (kind === "equal") return document.createTextNode(text);
    return Object.assign(document.createElement(tag), { textContent: text });
  });
}
