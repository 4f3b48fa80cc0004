// What was typed and is not yet saved, kept in the browser until the server has it.
// Rows are told apart by their Vietnamese too: another data folder has other rows under the same numbers.
const PREFIX = "workbench.draft.";

function digest(text) {
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return (hash >>> 0).toString(36);
}

const key = (id, source) => `${PREFIX}${id}.${digest(source)}`;

export function keep(id, source, article, text, base) {
  try {
    localStorage.setItem(key(id, source), JSON.stringify({ id, source, article, text, base }));
  } catch {
    // Storage may be full or forbidden; the row still shows that it is not saved.
  }
}

export function kept(id, source) {
  try {
    return JSON.parse(localStorage.getItem(key(id, source)));
  } catch {
    return null;
  }
}

export function forget(id, source) {
  try {
    localStorage.removeItem(key(id, source));
  } catch {
    // As above.
  }
}

// Drafts of this article whose row is not on the page any more (it was merged or split meanwhile).
export function orphans(article, onPage) {
  try {
    const found = [];
    for (let i = 0; i < localStorage.length; i += 1) {
      const name = localStorage.key(i);
      if (!name.startsWith(PREFIX)) continue;
      const draft = JSON.parse(localStorage.getItem(name));
      if (draft?.article === article && !onPage(draft)) found.push(draft);
    }
    return found;
  } catch {
    return [];
  }
}
