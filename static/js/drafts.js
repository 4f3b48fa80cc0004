// What was typed and is not yet saved, kept in the browser until the server has it.
const key = (id) => `workbench.draft.${id}`;

export function keep(id, text, base) {
  try {
    localStorage.setItem(key(id), JSON.stringify({ text, base }));
  } catch {
    // Storage may be full or forbidden; the row still shows that it is not saved.
  }
}

export function kept(id) {
  try {
    return JSON.parse(localStorage.getItem(key(id)));
  } catch {
    return null;
  }
}

export function forget(id) {
  try {
    localStorage.removeItem(key(id));
  } catch {
    // As above.
  }
}
