// The page: commands by key or button, and what happens when the state has changed.

import { ask, load, look, say, speak, store, whenChanged } from "./data.js";
import { bead, cursor, hidden, mark, nextDoubt, nextGap, nextRow, openFindings, place, sideways, step, walk } from "./cursor.js";
import { askCut, askFinding, askTerm, askWords, cap, showKeys } from "./dialogs.js";
import { filter, find, head, hide, layout, progress } from "./frame.js";
import { byId, el, forget, render } from "./rows.js";
import { beginSplit, resumeSplit, splitKey, splitting } from "./split.js";
import { asked, queue, queueQuietly, warn } from "./work.js";

const LOOK = 10_000;
const CHECK = 1_200;

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
  queueQuietly(look);
}

start();
