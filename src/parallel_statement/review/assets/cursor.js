// The cursor on a sentence, and the ways on which it goes.

import { say, store } from "./data.js";
import { byId } from "./rows.js";

export const cursor = { row: 0, tag: "", k: null };

/** Versions that are not shown. */
export const hidden = new Set();

export const bead = () => store.state.beads[cursor.row];
export const tags = () => store.state.languages.map(({ tag }) => tag).filter((tag) => !hidden.has(tag));
const isOpen = (number) => byId("rows").children[number]?.hidden === false;

/** Put the cursor on a row, in a language, on a sentence (the first without it). */
export function place(row, tag = cursor.tag, k = null, { scroll = true } = {}) {
  const [start, stop] = store.state.beads[row].at[tag];
  cursor.row = row;
  cursor.tag = tag;
  cursor.k = start === stop ? null : Math.min(Math.max(k ?? start, start), stop - 1);
  mark(scroll);
}

export function mark(scroll) {
  document.querySelectorAll(".current").forEach((element) => {
    element.classList.remove("current");
    element.removeAttribute("aria-current");
  });
  const row = byId("rows").children[cursor.row];
  if (!row) return;
  row.hidden = false;
  row.classList.add("current");
  const chosen = row.querySelector(sentenceSelector());
  if (!chosen) return;
  chosen.classList.add("current");
  chosen.setAttribute("aria-current", "true");
  if (!byId("dialog").open && document.activeElement !== byId("search")) chosen.focus({ preventScroll: true });
  if (scroll) bring(row);
}

/** Scroll *row* into sight; again when the rows above it, drawn at last, have their heights. */
function bring(row, tries = 4) {
  const { top, bottom } = byId("scroll").getBoundingClientRect();
  const here = row.getBoundingClientRect();
  const far = here.bottom < top || here.top > bottom;
  row.scrollIntoView({ block: far ? "center" : "nearest" });
  if (tries && row.classList.contains("current")) requestAnimationFrame(() => bring(row, tries - 1));
}

function sentenceSelector() {
  const k = cursor.k === null ? "" : `[data-k="${cursor.k}"]`;
  return `.s[data-tag="${CSS.escape(cursor.tag)}"]${k}`;
}

export function step(by) {
  let row = cursor.row + by;
  while (store.state.beads[row] && !isOpen(row)) row += by;
  if (store.state.beads[row]) place(row);
}

/** Go to the next sentence of the same version, in this row or beyond. */
export function walk(by) {
  const [start, stop] = bead().at[cursor.tag];
  const k = (cursor.k ?? start) + by;
  if (cursor.k !== null && k >= start && k < stop) return place(cursor.row, cursor.tag, k);
  const before = cursor.row;
  step(by);
  if (by < 0 && cursor.row !== before) place(cursor.row, cursor.tag, bead().at[cursor.tag][1] - 1);
}

export function sideways(by) {
  const list = tags();
  const next = list.indexOf(cursor.tag) + by;
  if (!list[next]) return;
  const [start] = bead().at[cursor.tag];
  const offset = cursor.k === null ? 0 : cursor.k - start;
  place(cursor.row, list[next], bead().at[list[next]][0] + offset);
}

export function doubts() {
  const list = store.state.beads.map((each, number) => ({ number, ...each }));
  return list.filter((each) => each.doubtful && !each.locked).sort((a, b) => a.sure - b.sure || a.number - b.number).map((each) => each.number);
}

export function nextDoubt(by = 1) {
  const list = doubts();
  if (!list.length) return say("noDoubt");
  const here = list.indexOf(cursor.row);
  const next = here < 0 ? (by > 0 ? 0 : list.length - 1) : (here + by + list.length) % list.length;
  place(list[next], gapIn(list[next]));
  return say("doubtOf", { number: next + 1, count: list.length, percent: Math.floor(bead().sure * 100) });
}

export function nextRow(test, nothing, by = 1) {
  const count = store.state.beads.length;
  for (let n = 1; n <= count; n += 1) {
    const row = (cursor.row + by * n + count * 2) % count;
    if (test(row)) {
      place(row);
      return "";
    }
  }
  return say(nothing);
}

export const openFindings = (row) => store.state.rowFindings[row].filter((finding) => !finding.waived);
export const gapIn = (row) => tags().find((tag) => store.state.beads[row].at[tag][0] === store.state.beads[row].at[tag][1]);

export function nextGap(by) {
  const told = nextRow((row) => gapIn(row), "noGap", by);
  if (!told) place(cursor.row, gapIn(cursor.row));
  return told;
}
