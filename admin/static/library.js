// The editor of a questionnaire keeps what is typed without being asked, and redraws the question beside it.
"use strict";

for (const form of document.querySelectorAll("form[data-keep]")) keepWhileTyping(form);

function keepWhileTyping(form) {
  const beside = document.querySelector(form.dataset.keep);
  const said = form.querySelector("[data-kept]");
  let timer = 0;
  let busy = false;
  let again = false;

  async function keep() {
    if (busy) { again = true; return; }
    busy = true;
    again = false;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Kept-Quietly": "1" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      beside.innerHTML = await answer.text();
      said.textContent = "Сохранено";
    } catch {
      said.textContent = "Пока не сохранено: нет связи или вы вышли. Не закрывайте страницу, попробуем ещё раз.";
      timer = setTimeout(keep, 5000);
    }
    busy = false;
    if (again) keep();
  }

  const soon = () => {
    said.textContent = "Сохраняем…";
    clearTimeout(timer);
    timer = setTimeout(keep, 600);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => clearTimeout(timer));
}
