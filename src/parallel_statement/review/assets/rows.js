// The rows: beads as they are now. A row is built anew only if what it shows has changed.
// Words of the texts become text nodes, never markup.

import { say, store } from "./data.js";

const TAGS = { strong: "strong", emphasis: "em", superscript: "sup", subscript: "sub" };

export const byId = (id) => document.getElementById(id);

/** Return an element. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Return a button that runs a command. */
export function button(words, command, attributes = {}) {
  return el("button", { type: "button", "data-run": command, ...attributes }, words);
}

const shown = new Map();

/** Make the rows say what the state says. */
export function render() {
  const { state } = store;
  const rows = byId("rows");
  const kept = new Map();
  state.beads.forEach((bead, number) => {
    const made = materials(bead, number);
    const old = shown.get(bead.id);
    made.element = old && same(old, made) ? old.element : build(bead, number);
    kept.set(bead.id, made);
  });
  for (const [id, { element }] of shown) if (kept.get(id)?.element !== element) element.remove();
  let place = rows.firstElementChild;
  state.beads.forEach((bead, number) => {
    const { element } = kept.get(bead.id);
    if (element === place) place = place.nextElementSibling;
    else rows.insertBefore(element, place);
    if (element.dataset.row !== String(number)) describe(element, bead, number);
  });
  while (place) {
    const next = place.nextElementSibling;
    place.remove();
    place = next;
  }
  shown.clear();
  kept.forEach((value, key) => shown.set(key, value));
}

/** Forget what is shown: the words of the interface have changed. */
export function forget() {
  shown.clear();
}

/** Return what a row is made of. */
function materials(bead, number) {
  const { state } = store;
  const remarks = [...state.rowFindings[number], ...state.rowNotes[number], ...state.rowMoves[number]];
  return { bead, sentences: state.sentences, remarks };
}

/** Return whether two rows show the same: mostly, they are made of the same objects. */
function same(old, made) {
  const alike = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);
  if (!alike(old.bead, made.bead) || old.remarks.length !== made.remarks.length) return false;
  if (!old.remarks.every((remark, n) => alike(remark, made.remarks[n]))) return false;
  return old.sentences === made.sentences || alike(said(old), said(made));
}

function said({ bead, sentences }) {
  return Object.entries(bead.at).map(([tag, range]) => sentences[tag].slice(...range));
}

function describe(row, bead, number) {
  row.dataset.row = String(number);
  row.querySelector(".number").textContent = String(number + 1);
  row.setAttribute("aria-label", say("rowLabel", { row: number + 1, state: confidence(bead) }));
}

function confidence(bead) {
  if (bead.locked) return say("accepted");
  return say("sure", { percent: Math.floor(bead.sure * 100) });
}

function build(bead, number) {
  const { state } = store;
  const findings = state.rowFindings[number];
  const open = findings.filter((finding) => !finding.waived);
  const gap = state.languages.some(({ tag }) => bead.at[tag][0] === bead.at[tag][1]);
  const kinds = [
    "row",
    ...(bead.locked ? ["locked"] : []),
    ...(bead.doubtful && !bead.locked ? ["doubtful"] : []),
    ...(open.length ? ["flagged"] : []),
    ...(gap ? ["gappy"] : []),
  ];
  const row = el("div", { role: "row", class: kinds.join(" "), id: bead.id });
  row.append(gutter(bead));
  state.languages.forEach((language, column) => row.append(cell(bead, language, column)));
  const remarks = el("div", { class: "remarks", role: "cell", "aria-colspan": state.languages.length + 1 });
  for (const note of state.rowNotes[number]) if (note.note) remarks.append(noted(note));
  for (const move of state.rowMoves[number]) remarks.append(moved(move, number));
  for (const finding of findings) remarks.append(found(finding));
  if (remarks.childElementCount) row.append(remarks);
  return row;
}

function gutter(bead) {
  const told = el("span", { class: "sure" }, bead.locked ? "" : `${Math.floor(bead.sure * 100)}\u202f%`);
  const lock = bead.locked || bead.partly
    ? el("span", { class: bead.locked ? "lock" : "lock partly", role: "img", "aria-label": say(bead.locked ? "accepted" : "partlyAccepted"), title: say(bead.locked ? "accepted" : "partlyAccepted") })
    : "";
  return el("div", { role: "rowheader", class: "gutter" }, el("span", { class: "number", title: bead.id }), lock, told);
}

function cell(bead, language, column) {
  const [start, stop] = bead.at[language.tag];
  const box = el("div", { role: "cell", class: "cell", "data-column": column, lang: language.tag, dir: language.direction });
  if (start === stop) {
    box.classList.add("none");
    box.append(el("span", { class: "s nothing", tabindex: "-1", "data-tag": language.tag, lang: document.documentElement.lang, dir: "ltr" }, say("nothing")));
    return box;
  }
  for (let k = start; k < stop; k += 1) {
    const { kind, label, starts, nodes } = store.state.sentences[language.tag][k];
    const line = el("div", { class: `line${kind && kind !== "p" ? ` ${kind}` : ""}${starts && k > start ? " starts" : ""}` });
    if (label) line.append(el("span", { class: "label" }, label));
    const sentence = el("span", { class: "s", tabindex: "-1", "data-tag": language.tag, "data-k": k });
    sentence.append(...nodes.map(node));
    line.append(sentence);
    box.append(line);
  }
  return box;
}

function node(content) {
  if (typeof content === "string") return document.createTextNode(content);
  const [kind, keys, notes, children] = content;
  if (kind === "pb") return el("span", { class: "pb", "data-page": keys || " ", title: say("page", { page: keys }) });
  if (kind === "point") return el("mark", { class: "f point", "data-finding": keys });
  const inside = children.map(node);
  if (kind === "finding") return el("mark", { class: `f ${notes.join(" ")}` }, ...inside);
  if (kind === "term") {
    const said = keys.map((key) => store.state.concepts[key]).filter(Boolean).join("\n");
    return el("span", { class: `term ${notes.join(" ")}`, title: said }, ...inside);
  }
  return el(TAGS[kind], {}, ...inside);
}

function noted({ note, by, date }) {
  const who = [by, date].filter(Boolean).join(", ");
  return el("p", { class: "remark noted" }, el("b", {}, say("note")), " ", el("bdi", {}, note), who ? ` (${who})` : "");
}

function moved(move, number) {
  const others = move.rows.filter((row) => row !== number).map((row) => row + 1);
  return el("p", { class: "remark moved" }, el("b", {}, say("movedPassage")), " ", say("movedElsewhere", { rows: others.join(", "), percent: Math.floor(move.sure * 100) }), " ", button(say("refuse"), "refuse", { "data-move": move.id }));
}

function found(finding) {
  const parts = [el("b", { class: `severity ${finding.waived ? "waived" : finding.severity}` }, say(finding.waived ? "waived" : finding.severity)), " ", el("bdi", {}, finding.reason)];
  if (finding.waived) {
    const who = finding.waived.by ? ` (${finding.waived.by})` : "";
    parts.push(" — ", el("bdi", {}, finding.waived.reason + who), " ", button(say("unwaive"), "unwaive", { "data-finding": finding.id }));
  } else {
    parts.push(" ", el("span", { class: "rule" }, finding.rule), " ", button(say("acceptFinding"), "waive", { "data-finding": finding.id }));
  }
  return el("p", { class: `remark finding ${finding.waived ? "waived" : finding.severity}` }, ...parts);
}
