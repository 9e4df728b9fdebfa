// A question on its way: asked once, told while it comes about, asked for again where the connection is lost.

import { change, historyBefore } from "./conversation.js";
import { Lost, Refused, post } from "./server.js";
import { events } from "./stream.js";

const DELAYS = [1, 2, 4, 8, 15]; // seconds before each new attempt
const PASSING = [502, 503, 504]; // a program that is being started, or a proxy before it
const running = new Map();

/** Asks what a turn asks, and writes into the turn what comes of it. */
export async function run(turn) {
  const control = new AbortController();
  running.set(turn.id, control);
  change(turn, { state: "asking", problem: null, since: Date.now() });
  try {
    change(turn, { answer: await attempted(turn, control.signal), state: "done" });
  } catch (problem) {
    change(turn, { state: "problem", problem: described(problem) });
  } finally {
    running.delete(turn.id);
  }
}

/** Gives up waiting for a turn. */
export function stop(turn) {
  running.get(turn.id)?.abort();
}

async function attempted(turn, signal) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await asked(turn, signal);
    } catch (problem) {
      if (!isPassing(problem) || attempt === DELAYS.length) throw problem;
      change(turn, { stage: "lost", text: "", citations: [] });
      await pause(DELAYS[attempt], signal);
    }
  }
}

async function asked(turn, signal) {
  const body = { question: turn.question, history: historyBefore(turn), ...turn.limits };
  // The same key with each attempt: the program gives the answer it has rather than work it out again.
  const headers = { Accept: "text/event-stream, application/json;q=0.5", "Idempotency-Key": turn.id };
  const response = await post("/chat", body, { headers, signal });
  const streams = response.headers.get("Content-Type")?.startsWith("text/event-stream");
  return streams ? followed(turn, response) : response.json();
}

async function followed(turn, response) {
  try {
    for await (const { name, data } of events(response)) {
      if (name === "status") change(turn, { stage: data.stage });
      else if (name === "token") change(turn, { text: turn.text + data.text });
      else if (name === "citation") change(turn, { citations: [...turn.citations, data] });
      else if (name === "answer") return data;
      else if (name === "error") throw new Refused(data.status, data.detail);
    }
  } catch (problem) {
    if (problem.name === "AbortError" || problem instanceof Refused) throw problem;
  }
  throw new Lost("the answer broke off");
}

function isPassing(problem) {
  return problem instanceof Lost || (problem instanceof Refused && PASSING.includes(problem.status));
}

function described(problem) {
  if (problem.name === "AbortError") return { kind: "stopped" };
  if (problem instanceof Refused)
    return { kind: kindOf(problem.status), detail: problem.message, wait: problem.retryAfter };
  return { kind: "lost" };
}

function kindOf(status) {
  return { 401: "key", 413: "long", 422: "refused", 429: "often" }[status] ?? "server";
}

/** Waits so many seconds, or until the browser is online again. */
function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    addEventListener("online", resolve, { once: true });
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}
