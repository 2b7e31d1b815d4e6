// The board of a draft: a mentee is dragged to another mentor; weights show what they change while they are typed.
"use strict";

for (const board of document.querySelectorAll("[data-board]")) letDrag(board, document.querySelector("form[data-move]"));

for (const form of document.querySelectorAll("form[data-effect]")) showEffect(form, document.querySelector(form.dataset.effect));

function letDrag(board, move) {
  let dragged = null;
  board.querySelectorAll("[data-mentee]").forEach((person) => { person.draggable = true; });
  // counts the ticks that the browser has kept, once panel.js listens
  document.addEventListener("DOMContentLoaded", () => board.dispatchEvent(new Event("change", { bubbles: true })));

  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-mentee]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.mentee);
    dragged.classList.add("dragged");
  });
  board.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    dragged = null;
    board.querySelectorAll(".over").forEach((mentor) => mentor.classList.remove("over"));
  });
  board.addEventListener("dragover", (event) => {
    const mentor = placeUnder(event);
    board.querySelectorAll(".over").forEach((other) => other !== mentor && other.classList.remove("over"));
    if (!mentor) return;
    event.preventDefault();
    mentor.classList.add("over");
  });
  board.addEventListener("drop", (event) => {
    const mentor = placeUnder(event);
    if (!mentor) return;
    event.preventDefault();
    move.elements.mentor.value = mentor.dataset.mentor;
    move.elements.mentee.value = dragged.dataset.mentee;
    move.submit();
  });

  function placeUnder(event) {
    const mentor = event.target.closest?.("[data-mentor]");
    return dragged && mentor && !mentor.contains(dragged) ? mentor : null;
  }
}

function showEffect(form, place) {
  let timer = 0;
  let busy = false;
  let again = false;

  async function ask() {
    if (busy) { again = true; return; }
    busy = true;
    again = false;
    place.setAttribute("aria-busy", "true");
    const words = new FormData(form);
    words.set("try", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: words, headers: { "X-Effect": "1" } });
      if (answer.ok && answer.headers.get("X-Effect")) place.innerHTML = await answer.text();
    } catch { /* no connection: the button under the numbers asks the same and says what is wrong */ }
    place.removeAttribute("aria-busy");
    busy = false;
    if (again) ask();
  }

  form.addEventListener("input", (event) => {
    if (event.target.name === "usual") return;
    clearTimeout(timer);
    timer = setTimeout(ask, 500);
  });
}
