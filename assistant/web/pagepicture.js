// The picture of a PDF's page, with the quoted words marked by the program.

import { button, element } from "./elements.js";
import { request } from "./server.js";
import { say } from "./strings.js";

const WIDTH = 1600; // pixels: sharp on dense screens, and enlarged
const NARROW = matchMedia("(max-width: 36rem)"); // where a whole page would be too small to read
const SIZES = ["fit", "large", "largest"];

/** The picture of a page, and how to bring into view what is marked on it; fails where the page cannot be drawn. */
export async function pagePicture({ document, page, version, start, end }, description) {
  const query = new URLSearchParams({ version, start, end, width: WIDTH });
  const response = await request(`/documents/${encodeURIComponent(document)}/pages/${page}/image?${query}`);
  const marks = JSON.parse(response.headers.get("X-Marks") ?? "[]");
  const image = await shown(await response.blob(), description);
  const frame = element(
    "div",
    {
      class: `picture ${NARROW.matches && marks.length ? "largest" : "fit"}`,
      tabindex: "0",
      role: "group",
      "aria-label": say("source.picture"),
    },
    image,
  );
  const reveal = () => toMarks(frame, image, marks);
  return { element: element("div", { class: "pictured" }, sizeButtons(frame, reveal), frame), marks, reveal };
}

async function shown(png, description) {
  const image = element("img", { alt: description });
  image.src = URL.createObjectURL(png);
  await image.decode();
  URL.revokeObjectURL(image.src);
  return image;
}

function sizeButtons(frame, reveal) {
  const resize = (step) => {
    const size = SIZES[Math.min(Math.max(SIZES.indexOf(frame.classList[1]) + step, 0), SIZES.length - 1)];
    frame.className = `picture ${size}`;
    reveal();
  };
  return element(
    "div",
    { class: "sizes" },
    button("−", () => resize(-1), { "aria-label": say("source.smaller"), class: "quiet" }),
    button("+", () => resize(1), { "aria-label": say("source.larger"), class: "quiet" }),
  );
}

function toMarks(frame, image, marks) {
  if (!marks.length) return;
  const [left, top] = marks[0];
  frame.scrollTo(left * image.clientWidth - frame.clientWidth / 4, top * image.clientHeight - frame.clientHeight / 3);
}
