(() => {
  "use strict";
  const text = document.getElementById("text");
  const tip = document.getElementById("tip");
  const bar = document.querySelector(".bar");
  const output = bar.querySelector("output");
  const sentences = [...text.querySelectorAll(".s")];
  const byId = new Map(sentences.map((sentence) => [sentence.id, sentence]));
  let lit = [];

  const keysOf = (element, name) => (element.dataset[name] || "").split(" ").filter(Boolean);
  const visible = (element) => element.getClientRects().length > 0;

  // --- partners -------------------------------------------------------------------------

  function release() {
    for (const [element, name] of lit) element.classList.remove(name);
    lit = [];
  }

  function mark(element, name) {
    if (!element) return;
    element.classList.add(name);
    lit.push([element, name]);
  }

  function show(sentence) {
    release();
    if (!sentence) return;
    mark(sentence.closest("tr"), "in");
    mark(sentence, "on");
    for (const id of keysOf(sentence, "partners")) mark(byId.get(id), "on");
  }

  function rest() {
    release();
    tip.hidden = true;
    const focused = document.activeElement;
    if (byId.has(focused.id)) show(focused);
  }

  function showFinding(ids) {
    for (const element of text.querySelectorAll(".f")) {
      if (keysOf(element, "finding").some((id) => ids.includes(id))) mark(element, "same");
    }
  }

  // --- terms ----------------------------------------------------------------------------

  function showTerm(term) {
    const concepts = keysOf(term, "concept");
    for (const other of text.querySelectorAll(".term")) {
      if (keysOf(other, "concept").some((id) => concepts.includes(id))) mark(other, "same");
    }
    const entries = concepts.map((id) => document.getElementById(`concept-${id}`)).filter(Boolean);
    if (!entries.length) return;
    tip.replaceChildren(...entries.map((entry) => entry.cloneNode(true)));
    for (const entry of tip.children) entry.removeAttribute("id");
    tip.hidden = false;
    const place = term.getClientRects()[0];
    const below = place.bottom + 8;
    const fits = below + tip.offsetHeight < innerHeight - bar.offsetHeight;
    const left = Math.max(8, Math.min(place.left, innerWidth - tip.offsetWidth - 8));
    tip.style.left = `${left}px`;
    tip.style.top = `${fits ? below : Math.max(8, place.top - tip.offsetHeight - 8)}px`;
  }

  function nextTerm(sentence) {
    const terms = [...sentence.querySelectorAll(".term")];
    if (!terms.length) return;
    const last = terms.indexOf(sentence.querySelector(".term[data-shown]"));
    terms.forEach((term) => delete term.dataset.shown);
    const term = terms[(last + 1) % terms.length];
    term.dataset.shown = "";
    show(sentence);
    showTerm(term);
  }

  text.addEventListener("pointerover", (event) => {
    const sentence = event.target.closest(".s");
    const term = event.target.closest(".term");
    const note = event.target.closest(".note");
    if (sentence) show(sentence);
    else rest();
    tip.hidden = true;
    if (term) showTerm(term);
    if (note) showFinding(keysOf(note, "finding"));
  });
  text.addEventListener("pointerleave", rest);
  text.addEventListener("focusin", (event) => {
    const sentence = event.target.closest(".s");
    if (sentence) rove(sentence);
    show(sentence);
  });
  text.addEventListener("focusout", release);
  addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });

  // --- keyboard: one sentence at a time is in the tab order ---------------------------------

  for (const sentence of sentences) sentence.tabIndex = -1;
  let current = sentences[0];
  if (current) current.tabIndex = 0;

  function rove(sentence) {
    current.tabIndex = -1;
    current = sentence;
    current.tabIndex = 0;
  }

  function focus(sentence, block) {
    if (!sentence) return;
    sentence.focus({ preventScroll: true });
    sentence.scrollIntoView({ block });
    tip.hidden = true;
  }

  const columnOf = (sentence) => sentence.closest("td").dataset.version;

  function vertical(step) {
    const column = sentences.filter((s) => columnOf(s) === columnOf(current) && visible(s));
    focus(column[column.indexOf(current) + step], "nearest");
  }

  function horizontal(step) {
    const row = current.closest("tr");
    const cells = [...row.querySelectorAll("td[lang]")].filter(visible);
    let index = cells.indexOf(current.closest("td")) + step;
    while (cells[index] && !cells[index].querySelector(".s")) index += step;
    if (!cells[index]) return;
    const there = [...cells[index].querySelectorAll(".s")];
    const partners = keysOf(current, "partners");
    focus(there.find((s) => partners.includes(s.id)) || there[0], "nearest");
  }

  // --- doubtful pairings and findings --------------------------------------------------------

  function stops() {
    const rows = text.querySelectorAll(
      "tr.bead.doubtful, tr.bead.flagged, tbody.doubtful > tr:first-child, tbody.flagged > tr:first-child"
    );
    return [...rows].filter((row) => visible(row) && row.querySelector(".s"));
  }

  function step(direction) {
    const rows = stops();
    const here = current.closest("tr");
    const order = (row) => row.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_PRECEDING;
    const started = here.classList.contains("in") || document.activeElement === current;
    let index;
    if (direction > 0) index = rows.findIndex((row) => order(row) || (!started && row === here));
    else index = rows.findLastIndex((row) => row !== here && !order(row));
    if (index < 0) index = direction > 0 ? 0 : rows.length - 1;
    const row = rows[index];
    if (!row) return;
    focus([...row.querySelectorAll(".s")].find(visible), "center");
    output.value = `${index + 1} of ${rows.length}`;
  }

  const keys = {
    ArrowDown: () => vertical(1),
    ArrowUp: () => vertical(-1),
    ArrowRight: () => horizontal(1),
    ArrowLeft: () => horizontal(-1),
    t: () => nextTerm(current),
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select")) return;
    const inText = byId.has(event.target.id);
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "Escape") {
      if (tip.hidden && inText) current.blur();
      rest();
    } else if (inText && keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  });

  // --- versions and filters ------------------------------------------------------------------

  function count() {
    const rows = [...text.querySelectorAll("tr.bead")];
    const shown = rows.filter(visible).length;
    output.value = shown < rows.length ? `${shown} of ${rows.length} rows` : `${stops().length} to look at`;
    document.querySelector(".empty").hidden = shown > 0;
  }

  function toggleVersions() {
    const boxes = [...bar.querySelectorAll('input[name="version"]')];
    const checked = boxes.filter((box) => box.checked);
    for (const box of boxes) {
      text.classList.toggle(`without-${box.value}`, !box.checked);
      box.disabled = box.checked && checked.length === 1; // an empty page helps nobody
    }
    text.dataset.shown = checked.length;
    for (const cell of text.querySelectorAll("td.wide")) cell.colSpan = checked.length;
    if (!visible(current)) {
      const other = sentences.find(visible);
      if (other) rove(other);
    }
  }

  function filter(value) {
    text.dataset.filter = value;
    bar.querySelector(`input[name="filter"][value="${value}"]`).checked = true;
    const other = visible(current) ? current : sentences.find(visible);
    if (other) rove(other);
    count();
  }

  bar.addEventListener("change", (event) => {
    if (event.target.name === "version") toggleVersions();
    if (event.target.name === "filter") filter(event.target.value);
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) step(Number(button.dataset.step));
  });
  addEventListener("click", (event) => {
    const link = event.target.closest(".findings a");
    if (!link) return;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target && !visible(target)) filter("all");
  });

  bar.hidden = false;
  count();
})();
