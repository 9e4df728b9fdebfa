// Days, countries, languages and kinds as a reader of the interface's language writes them.

import { knows, language, say } from "./strings.js";

const FIRST_DAY = "0001-01-02"; // what ended before, never began
const LOCALES = { en: "en-GB" };

/** A day, as in "27 February 2018". */
export function day(iso) {
  const date = new Date(`${iso}T00:00:00Z`);
  return new Intl.DateTimeFormat(LOCALES[language()] ?? language(), { dateStyle: "long", timeZone: "UTC" }).format(
    date,
  );
}

/** Today, as in "2026-06-01". */
export function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** The name of a country of two letters. */
export function country(code) {
  return named("region", code);
}

/** The name of a language of two letters. */
export function languageName(code) {
  return named("language", code);
}

/** What a document is about. */
export function kind(name) {
  return knows(`kind.${name}`) ? say(`kind.${name}`) : name;
}

/** When a version is in force, and whether it still is: `{from, until, today}`. */
export function inForce(period) {
  if (period.until && period.until < (period.from ?? FIRST_DAY)) return say("force.never");
  if (period.from && period.until) return say(period.today ? "force.between" : "force.was", ends(period));
  if (!period.today && !period.until && (period.from ?? FIRST_DAY) <= today()) return say("force.over");
  if (period.from) return say("force.from", ends(period));
  if (period.until) return say(period.today ? "force.until" : "force.ended", ends(period));
  return say("force.always");
}

/** Names in the order of the reader's alphabet. */
export function sorted(names) {
  return [...names].sort(new Intl.Collator(language()).compare);
}

function ends({ from, until }) {
  return { from: from && day(from), until: until && day(until) };
}

function named(type, code) {
  try {
    return new Intl.DisplayNames(language(), { type }).of(code) ?? code;
  } catch {
    return code;
  }
}
