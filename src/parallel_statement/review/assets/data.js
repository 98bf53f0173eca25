// What the server told, what it is asked, and the words of the interface.

export const store = { state: null, words: {}, selected: {} };

const listeners = [];

/** Call *listener* with the new state whenever there is one. */
export function whenChanged(listener) {
  listeners.push(listener);
}

/** Return the interface's words for *key*, with *values* in their places. */
export function say(key, values = {}) {
  const words = store.words[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Load the words of an interface language. */
export async function speak(language) {
  store.words = await (await fetch(`strings/${language}.json`)).json();
}

/** An answer that is not what was asked for; `told` is for the person. */
export class Refusal extends Error {
  constructor(told) {
    super(told);
    this.told = told;
  }
}

async function request(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Refusal(say("gone"));
  }
  const content = await answer.json().catch(() => ({ error: String(answer.status) }));
  if (answer.ok) return content;
  if (answer.status === 409) {
    await load();
    throw new Refusal(say(content.reason === "disk" ? "changedOnDisk" : "changedElsewhere"));
  }
  throw new Refusal(answer.status === 403 ? say("restarted") : content.error);
}

/** Fetch everything anew. */
export async function load() {
  take(await request("api/state"));
}

/** Ask the server to do *action*; what it answers becomes the state. */
export async function ask(action, body = {}) {
  const before = store.state.revision;
  const answer = await request(`api/${action}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...body, revision: before }),
  });
  if (action === "check" && answer.revision !== store.state.revision) return;
  take(answer);
}

/** Look whether something was changed elsewhere; tell why, if so. */
export async function look() {
  const { revision, disk } = await request("api/revision");
  if (revision === store.state.revision) return "";
  await load();
  return say(disk ? "changedOnDisk" : "changedElsewhere");
}

function take(answer) {
  const state = { ...store.state, ...answer };
  if ("from" in answer) {
    const beads = [...store.state.beads];
    beads.splice(answer.from, answer.gone, ...answer.beads);
    state.beads = beads;
  }
  store.state = locate(state);
  for (const listener of listeners) listener(state);
}

/** Say of every sentence in which row it is, and of every row what was found and noted there. */
function locate(state) {
  const tags = state.languages.map((language) => language.tag);
  state.rowOf = Object.fromEntries(tags.map((tag) => [tag, []]));
  const numbers = new Map();
  state.beads.forEach((bead, row) => {
    numbers.set(bead.id, row);
    for (const tag of tags) {
      const [start, stop] = bead.at[tag];
      for (let k = start; k < stop; k += 1) state.rowOf[tag][k] = row;
    }
  });
  const list = () => state.beads.map(() => []);
  state.rowFindings = list();
  state.rowNotes = list();
  state.rowMoves = list();
  for (const finding of state.findings) {
    const row = numbers.get(finding.bead) ?? firstRow(state, finding.at);
    if (row !== undefined) state.rowFindings[row].push(finding);
  }
  for (const note of state.notes) {
    const k = state.sentences[note.language]?.findIndex((each) => each.id === note.sentence);
    const row = state.rowOf[note.language]?.[k];
    const known = state.rowNotes[row]?.some((each) => each.note === note.note && each.by === note.by);
    if (row !== undefined && !known) state.rowNotes[row].push(note);
  }
  for (const move of state.moves) {
    const rows = move.places.map((place) => firstRow(state, place));
    rows.forEach((row) => state.rowMoves[row]?.push({ ...move, rows }));
  }
  return state;
}

function firstRow(state, at) {
  const rows = Object.entries(at).map(([tag, [start, stop]]) => (stop > start ? state.rowOf[tag][start] : undefined));
  const known = rows.filter((row) => row !== undefined);
  return known.length ? Math.min(...known) : undefined;
}

/** Return what a sentence says. */
export function textOf(tag, k) {
  const plain = (nodes) => nodes.map((node) => (typeof node === "string" ? node : Array.isArray(node[3]) ? plain(node[3]) : "")).join("");
  return plain(store.state.sentences[tag][k].nodes);
}
