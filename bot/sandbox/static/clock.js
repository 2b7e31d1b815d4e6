// The product's time: shown in the organisation's zone, moved forward only.

import { attempt, toast } from "./elements.js";
import { send } from "./server.js";

const byId = (id) => document.getElementById(id);
let zone = "Europe/Moscow";
let ahead = 0;

export function setClock(clock) {
  zone = clock.zone;
  ahead = clock.now - Date.now() / 1000;
  byId("clock-shift").textContent = clock.shift > 0 ? `вперёд на ${span(clock.shift)}` : "";
  draw();
}

export function timeOf(seconds) {
  return format(seconds, { hour: "2-digit", minute: "2-digit" });
}

export function dayOf(seconds) {
  return format(seconds, { weekday: "short", day: "numeric", month: "long" });
}

export function startClock() {
  setInterval(draw, 5000);
  byId("clock-hour").addEventListener("click", () => move({ forward: 3600 }));
  byId("clock-day").addEventListener("click", () => move({ forward: 86400 }));
  byId("clock-choose").addEventListener("click", choose);
  byId("clock-dialog").addEventListener("close", moveToChosen);
}

function draw() {
  const now = Date.now() / 1000 + ahead;
  byId("clock-now").textContent = format(now, { weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
}

async function move(how) {
  const clock = await attempt(() => send("clock", how));
  if (!clock) return;
  setClock(clock);
  toast(`Теперь ${byId("clock-now").textContent}`);
}

function choose() {
  const next = localInput(Date.now() / 1000 + ahead + 3600);
  byId("clock-to").min = localInput(Date.now() / 1000 + ahead);
  byId("clock-to").value = next;
  byId("clock-dialog").returnValue = "";
  byId("clock-dialog").showModal();
}

function moveToChosen() {
  if (byId("clock-dialog").returnValue === "ok" && byId("clock-to").value) move({ to: byId("clock-to").value });
}

function localInput(seconds) {
  return new Date(seconds * 1000).toLocaleString("sv-SE", { timeZone: zone }).replace(" ", "T").slice(0, 16);
}

function format(seconds, options) {
  return new Intl.DateTimeFormat("ru-RU", { timeZone: zone, ...options }).format(seconds * 1000).replace(" в ", ", ");
}

function span(seconds) {
  const days = Math.floor(seconds / 86400);
  const hours = Math.round((seconds % 86400) / 3600);
  const parts = [days && `${days} ${plural(days, "день", "дня", "дней")}`, hours && `${hours} ${plural(hours, "час", "часа", "часов")}`];
  return parts.filter(Boolean).join(" ") || "несколько минут";
}

function plural(number, one, few, many) {
  const rule = new Intl.PluralRules("ru-RU").select(number);
  return { one, few }[rule] ?? many;
}
