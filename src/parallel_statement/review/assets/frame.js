// What stands around the rows: heads of columns, figures, the filter, the search.

import { say, store, textOf } from "./data.js";
import { cursor, doubts, gapIn, hidden, openFindings, place, tags } from "./cursor.js";
import { byId, el } from "./rows.js";

/** How wide the columns are, and which are away. */
export const layout = new CSSStyleSheet();

export function head() {
  const { languages } = store.state;
  const cells = languages.map(({ tag, name }, column) => el("div", { role: "columnheader", class: "cell", "data-column": column, "data-tag": tag }, name));
  byId("head").replaceChildren(el("div", { role: "row", class: "row" }, el("div", { role: "columnheader", class: "gutter" }, el("span", { class: "unseen" }, say("row"))), ...cells));
  const boxes = languages.map(({ tag, name }, number) => {
    const box = el("input", { type: "checkbox", "data-version": tag });
    box.checked = !hidden.has(tag);
    return el("label", {}, box, name, number < 9 ? el("kbd", {}, String(number + 1)) : "");
  });
  byId("versions").replaceChildren(byId("versions").firstElementChild, ...boxes);
  columns();
}

/** Lay out a column for each version that is shown. */
function columns() {
  const away = store.state.languages.flatMap(({ tag }, column) => (hidden.has(tag) ? [`[data-column="${column}"] { display: none; }`] : []));
  layout.replaceSync([`#table { --shown: ${tags().length}; }`, ...away].join(" "));
}

export function hide(tag, away) {
  if (away && tags().length < 2) return head();
  hidden[away ? "add" : "delete"](tag);
  head();
  if (hidden.has(cursor.tag)) place(cursor.row, tags()[0]);
}

export function progress() {
  const { beads, findings, undo, redo, checked } = store.state;
  const done = beads.filter((each) => each.locked).length;
  byId("progress").textContent = say("progress", { done, count: beads.length, doubts: doubts().length, findings: findings.filter((each) => !each.waived).length });
  byId("progress").classList.toggle("waiting", !checked);
  document.querySelector('[data-command="undo"]').disabled = !undo;
  document.querySelector('[data-command="redo"]').disabled = !redo;
}

const FILTERS = {
  all: () => true,
  doubtful: (row) => store.state.beads[row].doubtful && !store.state.beads[row].locked,
  open: (row) => !store.state.beads[row].locked,
  locked: (row) => store.state.beads[row].locked,
  findings: (row) => openFindings(row).length > 0,
  gaps: (row) => Boolean(gapIn(row)),
};

export function filter() {
  const test = FILTERS[byId("filter").value];
  [...byId("rows").children].forEach((row, number) => {
    const away = !(test(number) || number === cursor.row);
    if (row.hidden !== away) row.hidden = away;
  });
}

const plain = (words) => words.normalize("NFKC").toLowerCase();

function hits() {
  const wanted = plain(byId("search").value);
  if (!wanted) return [];
  return tags().flatMap((tag) => store.state.sentences[tag].flatMap((_, k) => (plain(textOf(tag, k)).includes(wanted) ? [{ tag, k, row: store.state.rowOf[tag][k] }] : []))).sort((a, b) => a.row - b.row);
}

export function find(by) {
  const list = hits();
  const here = list.findIndex(({ tag, k }) => tag === cursor.tag && k === cursor.k);
  const ahead = list.findIndex(({ row }) => row >= cursor.row);
  const next = here >= 0 ? (here + by + list.length) % list.length : Math.max(ahead, 0);
  byId("found").textContent = list.length ? say("hit", { number: next + 1, count: list.length }) : byId("search").value && say("noHit");
  if (!list.length) return;
  byId("filter").value = "all";
  filter();
  place(list[next].row, list[next].tag, list[next].k);
}
