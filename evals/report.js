// Shows the chosen metric, and the cases that every filter lets through.
const metric = document.querySelector("#metric");
metric.addEventListener("change", () => {
  for (const bars of document.querySelectorAll(".bars")) bars.hidden = bars.dataset.metric !== metric.value;
});

const filters = [...document.querySelectorAll("[data-filter]")];
const words = document.querySelector("#words");
const cases = [...document.querySelectorAll(".case")];

function passes(one) {
  const chosen = filters.every(({ value, dataset }) => !value || one.dataset[dataset.filter].split("|").includes(value));
  return chosen && one.textContent.toLowerCase().includes(words.value.toLowerCase());
}

function show() {
  for (const one of cases) one.hidden = !passes(one);
  document.querySelector("#count").textContent = `${cases.filter((one) => !one.hidden).length} of ${cases.length}`;
}

for (const control of [...filters, words]) control.addEventListener("input", show);
show();
