// One thing after another: each sees the state that the last one left.

import { Refusal, say } from "./data.js";
import { byId } from "./rows.js";

const PATIENCE = 400;

let work = Promise.resolve();
let batch = 0;
let patience = 0;

/** Do *run* after what was asked before. */
export function queue(run) {
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
export async function asked(answer) {
  drop();
  clearTimeout(patience);
  const given = await answer;
  wait();
  return given;
}

export function tell(words) {
  byId("status").textContent = words;
}

export function warn(words) {
  byId("alert").textContent = words;
}

/** Do *run* after what was asked before, without a word if it has nothing to say. */
export function queueQuietly(run) {
  work = work.then(run).then((told) => told && warn(told), (error) => warn(error.told ?? String(error)));
}
