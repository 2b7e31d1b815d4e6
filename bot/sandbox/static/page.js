// The whole page: people at the side, their chats next to each other, the clock on top.

import { Chat } from "./chat.js";
import { setClock, startClock } from "./clock.js";
import { alertText, attempt, avatar, el, toast } from "./elements.js";
import { listen, read, send } from "./server.js";

const byId = (id) => document.getElementById(id);
const OPEN = "sandbox.open";
const chats = new Map();
const fresh = new Set();
let drawn = "";
let state = { people: [], bot: {}, clock: {} };

async function start() {
  startClock();
  await refresh();
  for (const key of wanted()) open(key);
  byId("newcomer").addEventListener("click", () => askWho("", "Как зовут нового человека?"));
  byId("link-form").addEventListener("submit", openTypedLink);
  byId("who-dialog").addEventListener("close", enterNewcomer);
  listen(hear, (connected) => (connected ? refresh().then(reloadChats) : showBot(null)));
  setInterval(refresh, 10000);
  followAddress();
}

async function refresh() {
  const told = await attempt(() => read("state"));
  if (!told) return showBot(null);
  state = told;
  setClock(state.clock);
  showBot(state.bot);
  drawPeople();
  for (const chat of chats.values()) chat.setBot(state.bot);
}

function hear(event) {
  if (event.kind === "people" || event.kind === "bot" || event.kind === "clock") return refresh();
  const chat = chats.get(event.key);
  if (event.kind === "chat" && !chat) {
    fresh.add(event.key);
    drawPeople();
  }
  if (event.kind === "chat") chat?.load();
  if (event.kind === "typing") chat?.showTyping();
  if (event.kind === "answer" && event.text && chat) (event.alert ? alertText : toast)(event.text);
  return undefined;
}

function showBot(bot) {
  const words = !bot ? "Нет связи с песочницей" : bot.online ? "Бот на связи" : "Бот не запущен, сообщения его дождутся";
  byId("bot-state").textContent = bot?.pending && !bot.online ? `${words}: ${bot.pending}` : words;
  byId("bot-state").classList.toggle("online", Boolean(bot?.online));
}

function drawPeople() {
  const mark = JSON.stringify([state.people.map((person) => ({ ...person, acted: 0 })), [...chats.keys()], [...fresh]]);
  if (mark === drawn) return;
  drawn = mark;
  byId("people").replaceChildren(...state.people.map((person) => personRow(person, () => toggle(person.key))));
}

function personRow(person, choose) {
  const note = person.blocked ? "бот заблокирован" : person.about || (person.started ? "" : "ещё не в боте");
  return el("li", {}, el("button", { type: "button", class: chats.has(person.key) ? "person open" : "person", "data-key": person.key, onclick: choose },
    avatar(person),
    el("span", { class: "person-words" }, el("span", { class: "person-name" }, person.name), el("span", { class: "person-about" }, note)),
    fresh.has(person.key) && el("span", { class: "person-new" }, "новое")));
}

function toggle(key) {
  if (chats.has(key) && !isNarrow()) return close(key);
  return open(key);
}

function open(key) {
  const person = state.people.find((each) => each.key === key);
  if (!person) return undefined;
  if (isNarrow()) for (const other of [...chats.keys()]) if (other !== key) close(other);
  if (!chats.has(key)) {
    const chat = new Chat(person, { close: () => close(key), openLink });
    chats.set(key, chat);
    chat.setBot(state.bot);
    byId("chats").append(chat.node);
  }
  fresh.delete(key);
  remember();
  return chats.get(key).load();
}

function close(key) {
  chats.get(key)?.node.remove();
  chats.delete(key);
  remember();
}

function remember() {
  localStorage.setItem(OPEN, JSON.stringify([...chats.keys()]));
  document.body.classList.toggle("has-chats", chats.size > 0);
  drawPeople();
}

// Whom to show at first: named in the address (?open=anna,mila), else whoever was open last time.
function wanted() {
  const named = new URLSearchParams(location.search).get("open");
  const keys = named ? named.split(",") : JSON.parse(localStorage.getItem(OPEN) ?? "[]");
  return isNarrow() ? keys.slice(-1) : keys;
}

function reloadChats() {
  for (const chat of chats.values()) chat.load();
}

function isNarrow() {
  return window.matchMedia("(max-width: 760px)").matches;
}

// Deep links

function followAddress() {
  const asked = new URLSearchParams(location.search);
  if (!asked.has("start")) return;
  history.replaceState(null, "", "/");
  const key = asked.get("as");
  if (key && state.people.some((person) => person.key === key)) openLink(asked.get("start"), key);
  else askWho(asked.get("start"), "Кто открывает ссылку?");
}

function openTypedLink(event) {
  event.preventDefault();
  const query = byId("link").value.trim().split("?")[1] ?? "";
  const payload = new URLSearchParams(query).get("start");
  if (payload === null) return toast("Это не ссылка-приглашение: в ней должно быть ?start=…");
  byId("link").value = "";
  return askWho(payload, "Кто открывает ссылку?");
}

function askWho(payload, title) {
  const dialog = byId("who-dialog");
  dialog.dataset.payload = payload;
  dialog.returnValue = "";
  byId("who-title").textContent = title;
  byId("who-name").value = "";
  const choose = (person) => () => {
    dialog.close("");
    openLink(payload, person.key);
  };
  byId("who-list").replaceChildren(...(payload ? state.people.map((person) => personRow(person, choose(person))) : []));
  dialog.showModal();
}

async function enterNewcomer() {
  const dialog = byId("who-dialog");
  const name = byId("who-name").value.trim();
  if (dialog.returnValue !== "new" || !name) return;
  const [first_name, ...rest] = name.split(/\s+/);
  const person = await attempt(() => send("people", { first_name, last_name: rest.join(" ") }));
  if (!person) return;
  await refresh();
  if (dialog.dataset.payload) openLink(dialog.dataset.payload, person.key);
  else open(person.key);
}

async function openLink(payload, key) {
  await open(key);
  await attempt(() => send(`people/${key}/start`, { payload }));
}

start();
