// What the interface says, in the reader's language: one table a language in `strings/`.

export const LANGUAGES = { en: "English", nl: "Nederlands", de: "Deutsch", fr: "Français", it: "Italiano" };
const CHOSEN = "liaison.language";
let current = "en";
let table = {};

/** The language of the interface. */
export function language() {
  return current;
}

/** Loads the reader's language: the one chosen earlier, else the browser's first that there is a table for. */
export async function loadStrings() {
  await useLanguage(localStorage.getItem(CHOSEN) ?? navigator.languages.map((name) => name.slice(0, 2)).find(isKnown));
}

/** Changes the language, and remembers the choice in this browser. */
export async function chooseLanguage(code) {
  localStorage.setItem(CHOSEN, code);
  await useLanguage(code);
}

/** The text behind a key, its `{names}` filled in; a `count` chooses between `key.one` and `key.other`. */
export function say(key, values = {}) {
  const form =
    "count" in values
      ? `${key}.${new Intl.PluralRules(current).select(values.count) === "one" ? "one" : "other"}`
      : key;
  return (table[form] ?? form).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** Whether there is a text behind a key. */
export function knows(key) {
  return key in table;
}

async function useLanguage(code) {
  current = isKnown(code) ? code : "en";
  table = await (await fetch(`/web/strings/${current}.json`)).json();
  document.documentElement.lang = current;
}

function isKnown(code) {
  return Object.hasOwn(LANGUAGES, code ?? "");
}
