// The few things that a page cannot do by itself: copy, print, choose all, count the chosen, draw charts.
"use strict";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await putIntoClipboard(button.dataset.copy);
  const label = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = label; }, 2000);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-choose]");
  if (!form) return;
  const boxes = [...form.querySelectorAll("input[name=id]")];
  if (event.target.matches("[data-all]")) boxes.forEach((box) => { box.checked = event.target.checked; });
  const chosen = boxes.filter((box) => box.checked).length;
  form.querySelectorAll("[data-count]").forEach((button) => {
    button.disabled = chosen === 0;
    button.textContent = chosen ? `${button.dataset.count} (${chosen})` : button.dataset.count;
  });
});

document.addEventListener("click", (event) => {
  const open = document.querySelector("details.me[open]");
  if (open && !open.contains(event.target)) open.removeAttribute("open");
});

for (const form of document.querySelectorAll("form[data-counted]")) {
  const place = form.querySelector("[data-counted-here]");
  const recount = async () => {
    const answer = await fetch(`${form.dataset.counted}?${new URLSearchParams(new FormData(form))}`);
    if (answer.ok) place.innerHTML = await answer.text();
  };
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(recount, 300); });
}

const numbersOnBars = {
  id: "numbersOnBars",
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    ctx.save();
    ctx.font = "600 13px system-ui, sans-serif";
    ctx.fillStyle = "#22282a";
    ctx.textAlign = "center";
    chart.data.datasets.forEach((series, index) => {
      chart.getDatasetMeta(index).data.forEach((bar, at) => {
        if (series.data[at] !== null) ctx.fillText(String(series.data[at]).replace(".", ","), bar.x, bar.y - 6);
      });
    });
    ctx.restore();
  },
};

for (const field of document.querySelectorAll("[data-asked-after]")) askOnlyIf(field, field.dataset);

for (const canvas of document.querySelectorAll("canvas[data-chart]")) draw(canvas, JSON.parse(canvas.dataset.chart));

function askOnlyIf(field, { askedAfter, askedIf }) {
  const inputs = [...document.querySelectorAll(`[name="${CSS.escape(askedAfter)}"]`)];
  const wanted = askedIf.split(" ").filter(Boolean);
  const show = () => {
    const given = inputs.filter((input) => !["checkbox", "radio"].includes(input.type) || input.checked).map((input) => input.value).filter(Boolean);
    field.hidden = wanted.length ? !given.some((value) => wanted.includes(value)) : given.length === 0;
  };
  inputs.forEach((input) => input.addEventListener("change", show));
  show();
}

async function putIntoClipboard(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea"); // the panel inside a school often has no https
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

function draw(canvas, chart) {
  const ink = getComputedStyle(document.documentElement);
  new Chart(canvas, {
    type: "bar",
    data: {
      labels: chart.labels,
      datasets: chart.series.map((series, index) => ({
        label: series.name,
        data: series.values,
        backgroundColor: index ? "#b9b5a7" : ink.getPropertyValue("--accent").trim(),
        maxBarThickness: 44,
      })),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      layout: { padding: { top: 22 } },
      plugins: { legend: { display: chart.series.length > 1, position: "bottom" } },
      scales: {
        x: { grid: { display: false } },
        y: { beginAtZero: true, max: chart.top || undefined, ticks: { precision: 0 } },
      },
    },
    plugins: [numbersOnBars],
  });
}
