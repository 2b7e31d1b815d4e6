// Where a person writes: text, files, canned voice and sticker, the bot's commands, the reply keyboard.

import { el, menu } from "./elements.js";

export class Composer {
  constructor(chat) {
    this.chat = chat;
    this.editing = null;
    this.keyboard = el("div", { class: "reply-keyboard", hidden: true });
    this.notice = el("p", { class: "editing", hidden: true }, el("span", {}, "Вы изменяете сообщение"), el("button", { type: "button", class: "quiet", onclick: () => this.stopEditing() }, "Отмена"));
    this.input = el("textarea", { rows: 1, placeholder: "Сообщение", "aria-label": "Сообщение", onkeydown: (event) => this.onKey(event), oninput: () => this.grow() });
    this.commands = el("div", { class: "menu-items" });
    this.commandMenu = menu("/", "Команды бота", this.commands);
    this.form = el("form", { class: "composer-row", hidden: true, onsubmit: (event) => this.submit(event) },
      this.attachMenu(), this.commandMenu, this.input, el("button", { type: "submit", class: "main send", "aria-label": "Отправить", title: "Отправить" }, el("span", { class: "send-word" }, "Отправить"), el("span", { class: "send-sign" }, "↑")));
    this.starter = el("button", { type: "button", class: "main starter", hidden: true, onclick: () => this.chat.act(this.chat.person.blocked ? "unblock" : "start") });
    this.node = el("div", { class: "composer" }, this.keyboard, this.notice, this.form, this.starter);
  }

  setCommands(commands) {
    this.commandMenu.hidden = !commands.length;
    this.commands.replaceChildren(...commands.map((each) => this.menuItem(`/${each.command}  ${each.description}`, () => this.chat.act("text", { text: `/${each.command}` }))));
  }

  draw({ person, keyboard, messages }) {
    const silent = person.blocked || (!person.started && !messages.length);
    this.form.hidden = silent;
    this.starter.hidden = !silent;
    this.starter.textContent = person.blocked ? "Разблокировать бота" : "Запустить";
    this.input.placeholder = keyboard?.input_field_placeholder || "Сообщение";
    this.drawKeyboard(silent ? null : keyboard);
  }

  edit(message) {
    this.editing = message.id;
    this.notice.hidden = false;
    this.input.value = message.text;
    this.grow();
    this.input.focus();
  }

  stopEditing() {
    this.editing = null;
    this.notice.hidden = true;
    this.input.value = "";
    this.grow();
  }

  async submit(event) {
    event?.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    const done = this.editing ? await this.chat.act("edit", { id: this.editing, text }) : await this.chat.act("text", { text });
    if (done) this.stopEditing();
  }

  onKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
    if (event.key === "Escape" && this.editing) this.stopEditing();
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 140)}px`;
  }

  drawKeyboard(keyboard) {
    const rows = keyboard?.keyboard ?? [];
    const mark = JSON.stringify(rows);
    if (mark === this.keyboardMark) return;
    this.keyboardMark = mark;
    this.keyboard.hidden = !rows.length;
    this.keyboard.replaceChildren(...rows.map((row) => el("div", { class: "keyboard-row" }, ...row.map((button) => this.keyboardButton(button, keyboard)))));
  }

  keyboardButton(button, keyboard) {
    const press = () => {
      if (keyboard.one_time_keyboard) this.keyboard.hidden = true;
      return button.request_contact ? this.chat.act("contact") : this.chat.act("text", { text: button.text });
    };
    return el("button", { type: "button", class: "keyboard-button", onclick: press }, button.text);
  }

  attachMenu() {
    const items = el("div", { class: "menu-items" },
      this.fileItem("Файл", "document", ""), this.fileItem("Фото с устройства", "photo", "image/*"),
      this.menuItem("Фото-пример", () => this.chat.act("photo")), this.menuItem("Голосовое", () => this.chat.act("voice")),
      this.menuItem("Стикер", () => this.chat.act("sticker")), this.menuItem("Свой контакт", () => this.chat.act("contact")));
    return menu("+", "Приложить", items);
  }

  fileItem(label, act, accept) {
    const input = el("input", { type: "file", accept, hidden: true, onchange: () => this.sendFile(act, input) });
    return el("span", {}, input, this.menuItem(label, () => input.click()));
  }

  sendFile(act, input) {
    if (!input.files.length) return;
    const form = new FormData();
    form.append("file", input.files[0]);
    input.value = "";
    this.chat.act(act, form);
  }

  menuItem(label, act) {
    return el("button", { type: "button", onclick: act }, label);
  }
}
