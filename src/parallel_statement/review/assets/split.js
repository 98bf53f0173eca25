// Where a row is to be divided: a proposal by the lengths, and the arrows to change it.

import { ask, say, store, textOf } from "./data.js";

let open = null;

/** Return whether a division is being chosen. */
export function splitting() {
  return open !== null;
}

/** Propose a division of *row* before the sentence at the cursor, or in the middle. */
export function beginSplit(row, cursor) {
  const { state } = store;
  const bead = state.beads[row];
  const tags = state.languages.map(({ tag }) => tag);
  const size = (tag) => bead.at[tag][1] - bead.at[tag][0];
  if (tags.every((tag) => size(tag) < 2) && tags.filter((tag) => size(tag)).length < 2) return say("cannotSplit");
  const own = cursor.k === null ? 0 : cursor.k - bead.at[cursor.tag][0];
  const leading = own ? cursor.tag : tags.reduce((best, tag) => (size(tag) > size(best) ? tag : best), tags[0]);
  const first = own || Math.floor(size(leading) / 2);
  const share = part(bead, leading, first);
  open = { row, id: bead.id, first: {}, column: tags.indexOf(leading) };
  for (const tag of tags) open.first[tag] = tag === leading ? first : nearest(bead, tag, share);
  draw();
  return say("splitHow");
}

/** Return the share of the characters that the *first* sentences of a version have. */
function part(bead, tag, first) {
  const [start, stop] = bead.at[tag];
  const lengths = [];
  for (let k = start; k < stop; k += 1) lengths.push(textOf(tag, k).length);
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  return sum(lengths.slice(0, first)) / Math.max(1, sum(lengths));
}

function nearest(bead, tag, share) {
  const size = bead.at[tag][1] - bead.at[tag][0];
  const choices = [];
  for (let n = size > 1 ? 1 : 0; n <= (size > 1 ? size - 1 : size); n += 1) choices.push(n);
  return choices.reduce((best, n) => (Math.abs(part(bead, tag, n) - share) < Math.abs(part(bead, tag, best) - share) ? n : best), choices[0]);
}

/** Act on *key*; return what to say, or null if the key means nothing here. */
export async function splitKey(key) {
  const { state } = store;
  const tags = state.languages.map(({ tag }) => tag);
  const bead = state.beads[open.row];
  const tag = tags[open.column];
  const size = bead.at[tag][1] - bead.at[tag][0];
  if (key === "Escape") return endSplit() ?? "";
  if (key === "ArrowLeft") open.column = Math.max(0, open.column - 1);
  else if (key === "ArrowRight") open.column = Math.min(tags.length - 1, open.column + 1);
  else if (key === "ArrowUp") open.first[tag] = Math.max(0, open.first[tag] - 1);
  else if (key === "ArrowDown") open.first[tag] = Math.min(size, open.first[tag] + 1);
  else if (key === "Enter") {
    const body = { bead: bead.id, first: open.first };
    endSplit();
    await ask("split", body);
    return say("done.split");
  } else return null;
  draw();
  const here = tags[open.column];
  return say("splitAt", { language: state.languages[open.column].name, first: open.first[here], second: bead.at[here][1] - bead.at[here][0] - open.first[here] });
}

/** Go on choosing if the row is there still: findings come while a person thinks. */
export function resumeSplit() {
  if (open && store.state.beads[open.row]?.id === open.id) draw();
  else endSplit();
}

/** Choose nothing. */
function endSplit() {
  document.querySelectorAll(".border").forEach((border) => border.remove());
  document.querySelectorAll(".splitting").forEach((row) => row.classList.remove("splitting"));
  open = null;
}

function draw() {
  document.querySelectorAll(".border").forEach((border) => border.remove());
  const row = document.getElementById("rows").children[open.row];
  row.classList.add("splitting");
  row.querySelectorAll(".cell").forEach((cell, column) => {
    const border = document.createElement("div");
    border.className = column === open.column ? "border here" : "border";
    const lines = cell.querySelectorAll(".line");
    cell.insertBefore(border, lines[open.first[store.state.languages[column].tag]] ?? null);
  });
}
