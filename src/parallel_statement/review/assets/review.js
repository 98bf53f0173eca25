// The page: a cursor on a sentence, and commands by key or button.

import { Refusal, ask, load, look, say, speak, store, textOf, whenChanged } from "./data.js";
import { askCut, askFinding, askTerm, askWords, cap, showKeys } from "./dialogs.js";
import { el, forget, render } from "./rows.js";
import { beginSplit, resumeSplit, splitKey, splitting } from "./split.js";

const byId = (id) => document.getElementById(id);
const cursor = { row: 0, tag: "", k: null };
const hidden = new Set();
const layout = new CSSStyleSheet();
const LOOK = 10_000;
const CHECK = 1_200;
const PATIENCE = 400;

// --- the cursor ---------------------------------------------------------------------------

const bead = () => store.state.beads[cursor.row];
const tags = () => store.state.languages.map(({ tag }) => tag).filter((tag) => !hidden.has(tag));
const isOpen = (number) => byId("rows").children[number]?.hidden === false;

/** Put the cursor on a row, in a language, on a sentence (the first without it). */
function place(row, tag = cursor.tag, k = null, { scroll = true } = {}) {
  const [start, stop] = store.state.beads[row].at[tag];
  cursor.row = row;
  cursor.tag = tag;
  cursor.k = start === stop ? null : Math.min(Math.max(k ?? start, start), stop - 1);
  mark(scroll);
}

function mark(scroll) {
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

function step(by) {
  let row = cursor.row + by;
  while (store.state.beads[row] && !isOpen(row)) row += by;
  if (store.state.beads[row]) place(row);
}

/** Go to the next sentence of the same version, in this row or beyond. */
function walk(by) {
  const [start, stop] = bead().at[cursor.tag];
  const k = (cursor.k ?? start) + by;
  if (cursor.k !== null && k >= start && k < stop) return place(cursor.row, cursor.tag, k);
  const before = cursor.row;
  step(by);
  if (by < 0 && cursor.row !== before) place(cursor.row, cursor.tag, bead().at[cursor.tag][1] - 1);
}

function sideways(by) {
  const list = tags();
  const next = list.indexOf(cursor.tag) + by;
  if (!list[next]) return;
  const [start] = bead().at[cursor.tag];
  const offset = cursor.k === null ? 0 : cursor.k - start;
  place(cursor.row, list[next], bead().at[list[next]][0] + offset);
}

// --- what is to be looked at ----------------------------------------------------------------

function doubts() {
  const list = store.state.beads.map((each, number) => ({ number, ...each }));
  return list.filter((each) => each.doubtful && !each.locked).sort((a, b) => a.sure - b.sure || a.number - b.number).map((each) => each.number);
}

function nextDoubt(by = 1) {
  const list = doubts();
  if (!list.length) return say("noDoubt");
  const here = list.indexOf(cursor.row);
  const next = here < 0 ? (by > 0 ? 0 : list.length - 1) : (here + by + list.length) % list.length;
  place(list[next], gapIn(list[next]));
  return say("doubtOf", { number: next + 1, count: list.length, percent: Math.floor(bead().sure * 100) });
}

function nextRow(test, nothing, by = 1) {
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

const openFindings = (row) => store.state.rowFindings[row].filter((finding) => !finding.waived);
const gapIn = (row) => tags().find((tag) => store.state.beads[row].at[tag][0] === store.state.beads[row].at[tag][1]);

function nextGap(by) {
  const told = nextRow((row) => gapIn(row), "noGap", by);
  if (!told) place(cursor.row, gapIn(cursor.row));
  return told;
}

// --- commands -------------------------------------------------------------------------------

const local = (tag, k) => store.state.sentences[tag][k].id;

async function operate(action, body = {}, done = action) {
  await ask(action, body);
  mark(true);
  return say(`done.${done}`);
}

async function onSentence(action, body = {}, done = action) {
  if (cursor.k === null) return say("noSentence");
  const { tag, k } = cursor;
  const told = await operate(action, { language: tag, sentence: local(tag, k), ...body }, done);
  place(store.state.rowOf[tag][Math.min(k, store.state.rowOf[tag].length - 1)], tag, k);
  return told;
}

/** Fetch the nearest sentence of the cursor's language from the next row, or the previous. */
async function pull(from) {
  const { tag, row } = cursor;
  const other = store.state.beads[row + (from === "next" ? 1 : -1)]?.at[tag];
  if (!other || other[0] === other[1]) return say("nothingToPull");
  const k = from === "next" ? other[0] : other[1] - 1;
  const told = await operate("move", { language: tag, sentence: local(tag, k), to: from === "next" ? "previous" : "next" }, "pull");
  place(store.state.rowOf[tag][k], tag, k);
  return told;
}

async function acceptNext() {
  await ask("accept", { bead: bead().id });
  const told = nextDoubt();
  return `${say("done.accept")} ${told}`;
}

async function splitAsProposed() {
  const told = beginSplit(cursor.row, cursor);
  return splitting() ? splitKey("Enter") : told;
}

async function note() {
  const known = store.state.rowNotes[cursor.row][0]?.note ?? "";
  const { id } = bead();
  const words = await asked(askWords(say("note"), say("noteAbout", { row: cursor.row + 1 }), known));
  return words === null ? "" : operate("note", { bead: id, note: words });
}

async function waive(finding) {
  const here = openFindings(cursor.row);
  if (!finding && !here.length) return say("noFindingHere");
  const chosen = finding ?? (here.length > 1 ? await asked(askFinding(here)) : here[0]);
  if (!chosen) return "";
  const because = await asked(askWords(say("acceptFinding"), chosen.reason));
  return because === null ? "" : operate("waive", { finding: chosen.id, because });
}

async function cut() {
  if (cursor.k === null) return say("noSentence");
  const offset = await asked(askCut(cursor.tag, cursor.k));
  return offset === null ? "" : onSentence("cut", { offset });
}

async function term() {
  const terms = await asked(askTerm());
  if (terms === null) return "";
  const told = await operate("term", { terms });
  store.selected = {};
  return told;
}

async function turn(action) {
  if (!store.state[action]) return say(`nothing.${action}`);
  const what = say(`action.${store.state[action]}`);
  const before = store.state.beads.map((each) => JSON.stringify(each));
  await ask(action);
  const row = store.state.beads.findIndex((each, number) => JSON.stringify(each) !== before[number]);
  if (row >= 0) place(row);
  return say(`done.${action}`, { what });
}

const COMMANDS = {
  up: { keys: ["ArrowUp"], run: () => walk(-1) },
  down: { keys: ["ArrowDown"], run: () => walk(1) },
  left: { keys: ["ArrowLeft"], run: () => sideways(-1) },
  right: { keys: ["ArrowRight"], run: () => sideways(1) },
  previousRow: { keys: ["k"], run: () => step(-1) },
  nextRow: { keys: ["j"], run: () => step(1) },
  nextDoubt: { keys: ["d"], run: () => nextDoubt() },
  previousDoubt: { keys: ["D"], run: () => nextDoubt(-1) },
  nextFinding: { keys: ["f"], run: () => nextRow((row) => openFindings(row).length, "noFinding") },
  previousFinding: { keys: ["F"], run: () => nextRow((row) => openFindings(row).length, "noFinding", -1) },
  nextGap: { keys: ["g"], run: () => nextGap(1) },
  previousGap: { keys: ["G"], run: () => nextGap(-1) },
  search: { keys: ["/"], run: () => byId("search").select(), atOnce: true },
  acceptNext: { keys: ["Enter"], run: acceptNext },
  accept: { keys: ["a"], run: () => operate("accept", { bead: bead().id }) },
  release: { keys: ["u"], run: () => operate("release", { bead: bead().id }) },
  merge: { keys: ["m"], run: () => operate("merge", { bead: bead().id, to: "next" }) },
  mergePrevious: { keys: ["M"], run: () => operate("merge", { bead: bead().id, to: "previous" }) },
  split: { keys: ["s"], run: () => beginSplit(cursor.row, cursor) },
  splitAsProposed: { keys: ["S"], run: splitAsProposed },
  moveUp: { keys: ["K"], run: () => onSentence("move", { to: "previous" }, "moveUp") },
  moveDown: { keys: ["J"], run: () => onSentence("move", { to: "next" }, "moveDown") },
  alone: { keys: ["x"], run: () => onSentence("alone") },
  pull: { keys: ["p"], run: () => pull("next") },
  pullPrevious: { keys: ["P"], run: () => pull("previous") },
  cut: { keys: ["c"], run: cut },
  join: { keys: ["C"], run: () => onSentence("join") },
  note: { keys: ["n"], run: note },
  waive: { keys: ["w"], run: () => waive() },
  term: { keys: ["t"], run: term },
  undo: { keys: ["z"], run: () => turn("undo") },
  redo: { keys: ["Z"], run: () => turn("redo") },
  realign: { keys: ["r"], run: () => operate("realign") },
  help: { keys: ["?"], run: () => asked(showKeys(COMMANDS)).then(() => "") },
};

let work = Promise.resolve();
let batch = 0;
let patience = 0;

/** Do *run* after what was asked before: each sees the state that the last one left. */
function queue(run) {
  const mine = batch;
  const done = work.then(() => (mine === batch ? perform(run) : undefined));
  work = done.catch(() => {});
  return done;
}

async function perform(run) {
  warn("");
  wait();
  try {
    const told = await run();
    tell(told ?? "");
  } catch (error) {
    tell("");
    drop();
    if (!(error instanceof Refusal)) {
      warn(String(error));
      throw error;
    }
    warn(error.told);
  } finally {
    clearTimeout(patience);
  }
}

/** Say soon that the answer takes a while. */
function wait() {
  patience = setTimeout(() => tell(say("working")), PATIENCE);
}

/** Forget what was asked in view of a state that is not there, or of a page that asks now itself. */
function drop() {
  batch += 1;
}

/** Return the *answer* to a question that has just been put: keys that wait were meant for it. */
async function asked(answer) {
  drop();
  clearTimeout(patience);
  const given = await answer;
  wait();
  return given;
}

function tell(words) {
  byId("status").textContent = words;
}

function warn(words) {
  byId("alert").textContent = words;
}

// --- what stands around the rows --------------------------------------------------------------

function head() {
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

function hide(tag, away) {
  if (away && tags().length < 2) return head();
  hidden[away ? "add" : "delete"](tag);
  head();
  if (hidden.has(cursor.tag)) place(cursor.row, tags()[0]);
}

function progress() {
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

function filter() {
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

function find(by) {
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

let checking = 0;

whenChanged((state) => {
  if (!state.languages.some(({ tag }) => tag === cursor.tag)) cursor.tag = state.languages[0].tag;
  if (byId("head").childElementCount === 0) head();
  render();
  const row = Math.min(cursor.row, state.beads.length - 1);
  if (row >= 0) place(row, cursor.tag, cursor.k, { scroll: false });
  filter();
  progress();
  resumeSplit();
  byId("title").textContent = state.title;
  document.title = `${state.title} · align review`;
  clearTimeout(checking);
  if (!state.checked) checking = setTimeout(() => ask("check").catch((error) => warn(error.told ?? String(error))), CHECK);
});

async function translate(language) {
  await speak(language);
  document.documentElement.lang = language;
  document.querySelectorAll("[data-text]").forEach((each) => { each.textContent = say(each.dataset.text); });
  document.querySelectorAll("[data-label]").forEach((each) => each.setAttribute("aria-label", say(each.dataset.label)));
  byId("search").placeholder = say("search");
  document.querySelectorAll("[data-command]").forEach((each) => {
    const { keys } = COMMANDS[each.dataset.command];
    each.type = "button";
    each.title = say(`long.${each.dataset.command}`);
    each.replaceChildren(el("span", {}, say(`short.${each.dataset.command}`)), el("kbd", {}, cap(keys[0])));
    each.setAttribute("aria-keyshortcuts", keys.map((key) => (/^[A-Z]$/.test(key) ? `Shift+${key}` : key)).join(" "));
  });
  forget();
  if (store.state) {
    head();
    render();
    progress();
    mark(false);
    filter();
  }
}

// --- events -----------------------------------------------------------------------------------

const KEYS = Object.fromEntries(Object.values(COMMANDS).flatMap((command) => command.keys.map((key) => [key, command])));

function pressed(event) {
  if (byId("dialog").open || event.isComposing || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    const action = { z: event.shiftKey ? "redo" : "undo", Z: "redo", y: "redo" }[event.key];
    if (!action || event.target.matches("input")) return;
    event.preventDefault();
    queue(() => turn(action));
    return;
  }
  const typing = event.target.matches("input[type=search], select");
  if (event.target === byId("search")) return searched(event);
  if (typing || (event.target.matches("button, input") && [" ", "Enter"].includes(event.key))) return;
  const key = latin(event);
  const version = store.state?.languages[Number(key) - 1];
  if (!store.state || (!KEYS[key] && !version && key !== "Escape")) return;
  event.preventDefault();
  if (KEYS[key]?.atOnce && !splitting()) KEYS[key].run();
  else queue(() => act(key, version));
}

/** Return the key; where another script is written, the Latin letter that stands on it. */
function latin({ key, code, shiftKey }) {
  if (!/^[^\x00-\x7f]$/.test(key) || !/^Key[A-Z]$/.test(code)) return key;
  return shiftKey ? code.at(-1) : code.at(-1).toLowerCase();
}

/** Do what a key stands for, once all that was asked for before is done. */
function act(key, version) {
  if (splitting()) return splitKey(key);
  if (version) return hide(version.tag, !hidden.has(version.tag));
  return KEYS[key]?.run();
}

function searched(event) {
  if (event.key === "Escape") {
    event.target.value = "";
    byId("found").textContent = "";
    event.target.blur();
    mark(true);
  } else if (event.key === "Enter") {
    event.preventDefault();
    find(event.shiftKey ? -1 : 1);
  }
}

function clicked(event) {
  const target = event.target.closest("[data-command], [data-run], .s, .row");
  if (!target) return;
  if (target.dataset.command) queue(() => COMMANDS[target.dataset.command].run());
  else if (target.dataset.run) {
    const { move, finding } = target.dataset;
    const chosen = store.state.findings.find((each) => each.id === finding);
    const runs = {
      refuse: () => operate("refuse", { move }),
      unwaive: () => operate("unwaive", { finding }),
      waive: () => waive(chosen),
    };
    queue(runs[target.dataset.run]);
  } else {
    const row = target.closest(".row[data-row]");
    if (!row || String(getSelection())) return;
    const sentence = target.closest(".s");
    place(Number(row.dataset.row), sentence?.dataset.tag, sentence?.dataset.k && Number(sentence.dataset.k), { scroll: false });
  }
}

function selected() {
  const chosen = getSelection();
  const cell = chosen.anchorNode?.parentElement?.closest(".cell[lang]");
  const words = String(chosen).trim();
  if (cell && words && cell.contains(chosen.focusNode)) store.selected[cell.lang] = words;
}

/** Return the interface language chosen last; a cookie, because every start has another port. */
const chosenInterface = () => document.cookie.match(/(?:^|; )interface=(\w+)/)?.[1];

async function start() {
  document.adoptedStyleSheets.push(layout);
  const known = [...byId("interface").options].map((option) => option.value);
  const wanted = [chosenInterface(), ...navigator.languages.map((tag) => tag.split("-")[0]), "en"];
  byId("interface").value = wanted.find((tag) => known.includes(tag));
  await translate(byId("interface").value);
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", clicked);
  document.addEventListener("selectionchange", selected);
  byId("filter").addEventListener("change", () => { filter(); mark(true); });
  byId("search").addEventListener("input", () => find(0));
  byId("versions").addEventListener("change", ({ target }) => hide(target.dataset.version, !target.checked));
  byId("interface").addEventListener("change", ({ target }) => {
    document.cookie = `interface=${target.value}; path=/; max-age=31536000; samesite=strict`;
    queue(() => translate(target.value));
  });
  const watch = () => document.visibilityState === "visible" && queueLook();
  document.addEventListener("visibilitychange", watch);
  addEventListener("focus", watch);
  setInterval(watch, LOOK);
  await queue(load);
  document.body.classList.add("ready");
}

/** Look for changes made elsewhere, without a word if there are none. */
function queueLook() {
  if (byId("dialog").open || splitting()) return;
  work = work.then(look).then((told) => told && warn(told), (error) => warn(error.told ?? String(error)));
}

start();
