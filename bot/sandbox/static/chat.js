// One person's chat with the bot.

import { Composer } from "./composer.js";
import { dayOf } from "./clock.js";
import { arrange, attempt, avatar, el, menu, toast } from "./elements.js";
import { messageNode } from "./message.js";
import { read, send } from "./server.js";

export class Chat {
  constructor(person, page) {
    this.person = person;
    this.shown = new Map();
    this.loading = false;
    this.again = false;
    this.log = el("div", { class: "log", role: "log", "aria-label": `Переписка: ${person.name}` });
    this.typing = el("p", { class: "typing", hidden: true });
    this.composer = new Composer(this);
    this.blocking = el("button", { type: "button", onclick: () => this.act(this.person.blocked ? "unblock" : "block") });
    this.more = menu("⋯", "Ещё", el("div", { class: "menu-items" }, this.blocking));
    this.node = el("section", { class: "chat", "data-key": person.key, "aria-label": person.name },
      el("header", { class: "chat-top" },
        el("button", { type: "button", class: "quiet back", onclick: page.close, "aria-label": "К списку людей" }, "‹"),
        avatar(person),
        el("div", { class: "chat-who" }, el("h2", {}, person.name), el("p", { title: person.about }, person.about)),
        this.more,
        el("button", { type: "button", class: "quiet close", onclick: page.close, "aria-label": "Закрыть чат" }, "×")),
      this.log, this.typing, this.composer.node);
    this.log.addEventListener("click", (event) => this.runCommand(event));
    this.atEnd = true;
    this.log.addEventListener("scroll", () => (this.atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80));
    new ResizeObserver(() => this.keepEnd()).observe(this.log);
  }

  setBot(bot) {
    this.bot = bot;
    this.typing.textContent = `${bot.name} печатает…`;
    this.composer.setCommands(bot.commands ?? []);
  }

  // Draws what has changed; calls that come while one runs end in one more.
  async load() {
    if (this.loading) {
      this.again = true;
      return;
    }
    this.loading = true;
    const view = await attempt(() => read(`people/${this.person.key}/chat`));
    this.loading = false;
    if (view) this.draw(view);
    if (this.again) {
      this.again = false;
      await this.load();
    }
  }

  act(name, body) {
    return attempt(() => send(`people/${this.person.key}/${name}`, body));
  }

  async press(message, button) {
    if (button.kind === "url") window.open(button.value, "_blank", "noopener");
    else if (button.kind === "copy") await navigator.clipboard?.writeText(button.value).then(() => toast("Скопировано"));
    else if (button.kind === "callback") await this.act("press", { id: message.id, data: button.value });
    else toast("Такие кнопки песочница не умеет");
  }

  showTyping() {
    this.typing.hidden = false;
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => (this.typing.hidden = true), 5000);
  }

  draw(view) {
    this.person = view.person;
    this.more.hidden = !view.person.started && !view.person.blocked;
    this.blocking.textContent = view.person.blocked ? "Разблокировать бота" : "Заблокировать бота";
    this.drawMessages(view.messages);
    this.composer.draw(view);
    if (view.messages.at(-1)?.from_bot) this.typing.hidden = true;
    this.atEnd ||= !view.messages.at(-1)?.from_bot;
    this.keepEnd();
  }

  // Whoever reads the end goes on reading the end: after new messages and after a change of width.
  keepEnd() {
    if (this.atEnd) this.log.scrollTop = this.log.scrollHeight;
  }

  drawMessages(messages) {
    const last = messages.filter((message) => !message.from_bot && message.text && !message.file).at(-1)?.id;
    const nodes = [];
    let day = "";
    for (const message of messages) {
      if (dayOf(message.date) !== day) nodes.push(this.dayNode((day = dayOf(message.date))));
      nodes.push(this.keptNode(message, message.id === last));
    }
    if (!messages.length) nodes.push(el("p", { class: "empty" }, this.emptyWords()));
    arrange(this.log, nodes);
  }

  emptyWords() {
    if (this.person.blocked) return "Бот заблокирован: он не может сюда писать.";
    if (this.person.started) return "Здесь пока пусто. Бот может написать первым.";
    return "Здесь пока пусто. Нажмите «Запустить» или откройте ссылку-приглашение.";
  }

  dayNode(text) {
    if (!this.shown.has(text)) this.shown.set(text, el("p", { class: "day" }, text));
    return this.shown.get(text);
  }

  keptNode(message, editable) {
    const mark = `${message.changed}:${message.pinned}:${editable}`;
    const known = this.shown.get(message.id);
    if (known?.mark === mark) return known.node;
    const node = messageNode(message, {
      press: (button) => this.press(message, button),
      edit: editable && (() => this.composer.edit(message)),
    });
    this.shown.set(message.id, { mark, node });
    return node;
  }

  runCommand(event) {
    const command = event.target.closest("[data-command]")?.dataset.command;
    if (command) this.act("text", { text: command });
  }
}
