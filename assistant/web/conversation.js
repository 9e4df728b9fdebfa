// The conversation of this tab. It is kept in the browser and nowhere else; the program is sent what a follow-up needs.

const KEPT = "liaison.conversation";
const MOST_TURNS = 10;
const MOST_CHARACTERS = 20_000;
const listeners = new Set();
let turns = restored();

/** The turns so far: what was asked, and what came of it. */
export function all() {
  return turns;
}

/** Calls a listener with each turn that is added or changed, and with null when all are gone. */
export function subscribe(listener) {
  listeners.add(listener);
}

/** A new turn; `limits` are the day and the filters it was asked with. */
export function add(question, limits) {
  const turn = {
    id: newId(),
    question,
    limits,
    state: "asking",
    stage: null,
    text: "",
    citations: [],
    since: Date.now(),
  };
  turns.push(turn);
  changed(turn);
  return turn;
}

/** Writes down what is new about a turn. */
export function change(turn, news) {
  Object.assign(turn, news);
  changed(turn, { keep: "state" in news || "feedback" in news });
}

/** Forgets everything. */
export function clear() {
  turns = [];
  changed(null);
}

/** The earlier turns that were answered, as the program takes them: at most so many, and so many characters. */
export function historyBefore(turn) {
  const earlier = turns.slice(0, turns.indexOf(turn)).filter((one) => one.state === "done");
  const messages = earlier.slice(-MOST_TURNS).flatMap((one) => [
    { role: "user", content: one.question },
    { role: "assistant", content: one.answer.answer },
  ]);
  while (messages.reduce((sum, message) => sum + message.content.length, 0) > MOST_CHARACTERS) messages.splice(0, 2);
  return messages;
}

function changed(turn, { keep = true } = {}) {
  if (keep) sessionStorage.setItem(KEPT, JSON.stringify(turns));
  for (const listener of listeners) listener(turn);
}

function restored() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
  // What had come of an answer when the page was left is asked for again from its beginning.
  return kept.map((turn) => (turn.state === "asking" ? { ...turn, text: "", citations: [], stage: null } : turn));
}

// Not crypto.randomUUID, which browsers keep from pages that are served without TLS in a local network.
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
