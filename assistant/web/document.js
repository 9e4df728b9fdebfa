// One document: what it is, its pages, its versions and what changed between two of them.

import { differenceView } from "./difference.js";
import { choice, element, facts, outside } from "./elements.js";
import { day, inForce, kind, languageName } from "./format.js";
import { get } from "./server.js";
import { pageView, sourceLinks } from "./source.js";
import { say } from "./strings.js";

/** The page of a document; its address may name a version and a page. */
export async function documentPage([id], parameters) {
  const path = `/documents/${encodeURIComponent(id)}`;
  const about = await get(path, { version: parameters.get("version") });
  const reading = element("section", { class: "reading" });
  const turnTo = (number) => read(reading, path, about, number);
  const page = element(
    "div",
    { class: "plain document" },
    element("p", { class: "back" }, element("a", { href: "#/library" }, say("page.library"))),
    element("h1", { lang: about.language }, about.title),
    aboutDocument(about),
    sourceLinks(about, { whole: false }),
    publications(about.sources),
    versions(about, path),
    about.pages.length > 1 ? pageChoice(about.pages, turnTo) : null,
    reading,
  );
  await turnTo(Number(parameters.get("page")) || about.pages[0]);
  return { title: about.title, element: page };
}

function aboutDocument(about) {
  return facts([
    [say("field.organisation"), about.organisation],
    [say("field.kind"), kind(about.kind)],
    [say("field.language"), languageName(about.language)],
    [say("field.published"), about.published && day(about.published)],
    [say("field.inForce"), inForce(about.in_force)],
  ]);
}

function publications(sources) {
  if (!sources.length) return null;
  const items = sources.map((one) =>
    element(
      "li",
      {},
      element("span", { class: "key" }, one.key),
      " ",
      outside(one.url, one.title),
      element(
        "span",
        { class: "about" },
        [one.organisation, one.date]
          .filter(Boolean)
          .map((part) => ` · ${part}`)
          .join(""),
      ),
    ),
  );
  return element(
    "details",
    { class: "publications" },
    element("summary", {}, say("document.sources", { count: sources.length })),
    element("ul", {}, items),
  );
}

function pageChoice(pages, turnTo) {
  const options = pages.map((number) => [String(number), say("document.page", { page: number, pages: pages.length })]);
  return element(
    "p",
    { class: "pages" },
    choice(options, String(pages[0]), (number) => turnTo(Number(number)), { "aria-label": say("field.page") }),
  );
}

async function read(reading, path, about, number) {
  const page = await get(`${path}/pages/${number}`, { version: about.version });
  const view = await pageView(
    { document: about.document, version: about.version, page: number, start: 0, end: 0 },
    page,
  );
  reading.replaceChildren(view.element);
}

function versions(about, path) {
  const { succession } = about;
  if (succession.length < 2) return null;
  const items = succession.map((one) =>
    element(
      "li",
      { "aria-current": one.version === about.version ? "true" : null },
      element("a", { href: `#/documents/${encodeURIComponent(one.document)}?version=${one.version}` }, one.title),
      element("span", { class: "about" }, ` · ${inForce(one)}`),
    ),
  );
  return element(
    "section",
    { class: "versions" },
    element("h2", {}, say("document.versions")),
    element("ol", {}, items),
    comparison(succession, path),
  );
}

function comparison(succession, path) {
  const options = succession.map((one, place) => [one.version, `${place + 1}. ${one.title} (${inForce(one)})`]);
  const chosen = { old: succession.at(-2).version, new: succession.at(-1).version };
  const result = element("div", { class: "difference" });
  const compare = async (event) => {
    event.preventDefault();
    result.replaceChildren(differenceView((await get(`${path}/difference`, chosen)).stretches));
  };
  return element(
    "form",
    { class: "filters", onsubmit: compare },
    labelledChoice("document.old", options, chosen, "old"),
    labelledChoice("document.new", options, chosen, "new"),
    element("button", { class: "quiet" }, say("document.compare")),
    result,
  );
}

function labelledChoice(label, options, chosen, name) {
  return element(
    "label",
    { class: "field" },
    element("span", {}, say(label)),
    choice(options, chosen[name], (value) => (chosen[name] = value)),
  );
}
