// Questions that need words: a note, a reason, a term, the place of a cut; and the list of keys.

import { say, store, textOf } from "./data.js";
import { el } from "./rows.js";

const dialog = () => document.getElementById("dialog");

/** Show *content* under *title*; resolve with what `answer` returns on Enter, or null. */
function show(title, content, answer, keys = () => false) {
  return new Promise((resolve) => {
    const box = dialog();
    const done = (value) => {
      box.close();
      resolve(value);
    };
    const form = el("form", {}, el("h2", { id: "dialog-title" }, title), ...content);
    const buttons = answer ? [el("button", { type: "submit", class: "main" }, say("ok"))] : [];
    const cancel = el("button", { type: "button" }, say(answer ? "cancel" : "close"));
    form.append(el("p", { class: "buttons" }, ...buttons, cancel));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const value = answer ? answer() : null;
      if (value !== undefined) done(value);
    });
    cancel.addEventListener("click", () => done(null));
    box.oncancel = (event) => {
      event.preventDefault();
      done(null);
    };
    box.onkeydown = (event) => {
      event.stopPropagation();
      if (keys(event.key)) event.preventDefault();
    };
    box.replaceChildren(form);
    box.showModal();
    (form.querySelector("[autofocus]") ?? cancel).focus();
  });
}

/** Ask for a line of words. */
export function askWords(title, about, value = "") {
  const input = el("input", { type: "text", autofocus: true, required: true, "aria-labelledby": "dialog-title", value });
  return show(title, [el("p", { class: "about" }, el("bdi", {}, about)), input], () => input.value.trim() || undefined);
}

/** Ask which finding of several is meant; resolve with it. */
export function askFinding(findings) {
  const select = el("select", { autofocus: true, "aria-labelledby": "dialog-title" });
  findings.forEach((finding, number) => select.append(el("option", { value: number }, finding.reason)));
  return show(say("whichFinding"), [select], () => findings[Number(select.value)]);
}

/** Ask for a term in every language; what is selected in the text is there already. */
export function askTerm() {
  const inputs = store.state.languages.map(({ tag, name, direction }, number) => {
    const input = el("input", { type: "text", id: `term-${tag}`, lang: tag, dir: direction, value: store.selected[tag] ?? "", autofocus: number === 0 });
    return [tag, input, el("label", { for: `term-${tag}` }, name)];
  });
  const fields = el("div", { class: "fields" }, ...inputs.flatMap(([, input, label]) => [label, input]));
  const where = el("p", { class: "about" }, say("termWhere", { file: store.state.glossary }));
  return show(say("term"), [where, fields], () => Object.fromEntries(inputs.map(([tag, input]) => [tag, input.value])));
}

/** Ask where a sentence is to be cut: the arrows move the place by words. Resolves with a number of characters. */
export function askCut(tag, k) {
  const text = textOf(tag, k);
  const places = borders(text, tag);
  if (!places.length) return Promise.resolve(null);
  let at = middle(text, places);
  const before = el("span");
  const after = el("span");
  const place = el("p", { class: "cut", lang: tag, tabindex: "0", autofocus: true, role: "slider", "aria-label": say("cutHow"), "aria-valuemin": 0, "aria-valuemax": places.length - 1 }, before, el("span", { class: "place" }), after);
  const draw = () => {
    before.textContent = text.slice(0, places[at]);
    after.textContent = text.slice(places[at]);
    place.setAttribute("aria-valuenow", String(at));
    place.setAttribute("aria-valuetext", `${text.slice(0, places[at]).slice(-30)} | ${text.slice(places[at]).slice(0, 30)}`);
  };
  draw();
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -5, ArrowDown: 5, Home: -places.length, End: places.length };
  const moved = (key) => {
    if (!(key in step)) return false;
    at = Math.min(places.length - 1, Math.max(0, at + step[key]));
    draw();
    return true;
  };
  const enter = (key) => {
    if (key === "Enter" && document.activeElement === place) {
      place.closest("form").requestSubmit();
      return true;
    }
    return moved(key);
  };
  const answer = () => Array.from(text.slice(0, places[at])).length;
  return show(say("cut"), [el("p", { class: "about" }, say("cutHow")), place], answer, enter);
}

function borders(text, language) {
  const words = new Intl.Segmenter(language, { granularity: "word" }).segment(text);
  const starts = Array.from(words, (word) => word.index);
  return starts.filter((place) => text.slice(0, place).trim() && text.slice(place).trim() && !/\s/.test(text[place]));
}

/** Return the place after a mark that is nearest to the middle, else the nearest of all. */
function middle(text, places) {
  const marked = places.filter((place) => /[.;:!?。；：！？]\s*$/.test(text.slice(0, place)));
  const candidates = marked.length ? marked : places;
  const best = candidates.reduce((a, b) => (Math.abs(b - text.length / 2) < Math.abs(a - text.length / 2) ? b : a));
  return places.indexOf(best);
}

/** Show every command with its keys. */
export function showKeys(commands) {
  const list = el("dl", { class: "keys" });
  for (const [name, { keys }] of Object.entries(commands)) {
    if (!keys.length) continue;
    const caps = keys.flatMap((key, n) => [n ? " " : "", el("kbd", {}, cap(key))]);
    list.append(el("div", {}, el("dt", {}, ...caps), el("dd", {}, say(`long.${name}`))));
  }
  return show(say("help"), [list], null);
}

/** Return how a key is written. */
export function cap(key) {
  const names = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Enter: "⏎", " ": "␣" };
  return names[key] ?? key;
}
