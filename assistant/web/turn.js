// One turn of the conversation: the question, then what is happening, then the answer or what went wrong.

import { answerText, answerView } from "./answer.js";
import { run, stop } from "./asking.js";
import { announce, button, element } from "./elements.js";
import { feedbackForm } from "./feedback.js";
import { day, kind } from "./format.js";
import { askForKey } from "./key.js";
import { say } from "./strings.js";
import { copyButton, printButton } from "./share.js";

const SLOW = 4; // seconds after which the reader is told how long it has taken

/** A turn that is shown, and can be brought up to date. */
export class TurnView {
  constructor(turn) {
    this.turn = turn;
    this.outcome = element("div", { class: "outcome" });
    this.element = element(
      "li",
      { class: "turn" },
      element("article", { "aria-label": turn.question }, question(turn), this.outcome),
    );
    this.shown = null;
    this.update();
  }

  /** Shows what has become of the turn; what stays the same is left alone, so that no focus is lost. */
  update() {
    const { state } = this.turn;
    if (state === "asking") this.showProgress();
    else if (this.shown !== state)
      this.outcome.replaceChildren(...(state === "done" ? done(this.turn) : [problem(this.turn)]));
    if (this.shown === "asking" && state === "done")
      announce(`${say(`status.${this.turn.answer.status}`)}. ${this.turn.answer.answer}`);
    this.shown = state;
    this.element.classList.toggle("asking", state === "asking");
  }

  showProgress() {
    if (this.shown !== "asking") {
      this.progress = element("p", { class: "progress" });
      this.text = element("div", { class: "answer coming" });
      this.outcome.replaceChildren(
        this.progress,
        button(say("stop"), () => stop(this.turn), { class: "quiet stop" }),
        this.text,
      );
      this.tick();
    }
    this.sayProgress();
    this.text.replaceChildren(answerText(this.turn.text, this.turn.citations, null));
  }

  sayProgress() {
    const seconds = Math.round((Date.now() - this.turn.since) / 1000);
    const waited = seconds >= SLOW ? ` ${say("progress.seconds", { seconds })}` : "";
    const said = say(`progress.${this.turn.stage ?? "sent"}`) + waited;
    if (this.progress.textContent !== said) this.progress.textContent = said;
    if (this.turn.stage === "lost") announce(say("progress.lost"));
  }

  tick() {
    const timer = setInterval(() => {
      if (this.turn.state === "asking") this.sayProgress();
      else clearInterval(timer);
    }, 1000);
  }
}

function question({ question: text, limits }) {
  const said = [
    limits.as_of && say("asked.asOf", { day: day(limits.as_of) }),
    ...(limits.kinds ?? []).map(kind),
    ...(limits.organisations ?? []),
  ].filter(Boolean);
  return element(
    "header",
    { class: "question" },
    element("h2", {}, text),
    said.length ? element("p", { class: "limits" }, said.join(" · ")) : null,
  );
}

function done(turn) {
  const { answer } = turn;
  return [
    answerView(answer),
    element(
      "div",
      { class: "actions" },
      feedbackForm(turn),
      element("span", { class: "take" }, copyButton(turn), printButton()),
    ),
  ];
}

function problem(turn) {
  const { kind: what, detail, wait } = turn.problem;
  const again = button(say("again"), () => run(turn));
  const key = what === "key" ? button(say("key.change"), askForKey, { class: "quiet" }) : null;
  return element(
    "div",
    { class: "answer problem", role: "alert" },
    element("p", { class: "status" }, say(`problem.${what}`, { seconds: wait ?? 60 })),
    detail && what === "refused" ? element("p", {}, detail) : null,
    element("p", {}, again, key),
  );
}
