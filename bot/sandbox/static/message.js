// One message: text with its entities (made safe by the server), file, buttons.

import { timeOf } from "./clock.js";
import { el } from "./elements.js";

export function messageNode(message, { press, edit }) {
  const text = el("div", { class: "text" });
  text.innerHTML = message.html; // escaped in bot/sandbox/entities.py: only its own tags are left
  const bubble = el("div", { class: "bubble" },
    message.pinned && el("p", { class: "note" }, "Закреплено"),
    message.reply_to && el("p", { class: "quote" }, message.reply_to.text),
    fileNode(message.file), contactNode(message.contact), voiceNode(message.voice),
    message.sticker && el("p", { class: "sticker" }, message.sticker),
    message.text && text,
    el("p", { class: "meta" }, edit && el("button", { type: "button", class: "edit", onclick: edit }, "Изменить"),
      message.edits > 0 && el("span", {}, "изменено"), el("time", {}, timeOf(message.date))));
  return el("article", { class: message.from_bot ? "message from-bot" : "message own", "data-id": message.id }, bubble, keyboardNode(message.buttons, press));
}

function keyboardNode(rows, press) {
  if (!rows.length) return null;
  return el("div", { class: "inline-keyboard" }, ...rows.map((row) => el("div", { class: "keyboard-row" }, ...row.map((button) => buttonNode(button, press)))));
}

function buttonNode(button, press) {
  const label = button.kind === "url" ? `${button.text} ↗` : button.text;
  return el("button", { type: "button", class: `inline-button ${button.style}`, title: button.kind === "url" ? button.value : undefined, onclick: () => press(button) }, label);
}

function fileNode(file) {
  if (!file) return null;
  const address = `/sandbox/files/${file.id}`;
  if (file.kind === "photo") return el("a", { href: address, target: "_blank", rel: "noopener" }, el("img", { class: "photo", src: address, alt: "Фото", width: file.width, height: file.height }));
  return el("a", { class: "file", href: address, download: file.name },
    el("span", { class: "file-name" }, file.name), el("span", { class: "file-size" }, `${sizeWords(file.size)} · скачать`));
}

function contactNode(contact) {
  if (!contact) return null;
  return el("p", { class: "contact" }, el("span", {}, `${contact.first_name} ${contact.last_name ?? ""}`.trim()), el("span", { class: "phone" }, `+${contact.phone_number.replace(/^\+/, "")}`));
}

function voiceNode(seconds) {
  return seconds ? el("p", { class: "voice" }, `Голосовое сообщение, 0:${String(seconds).padStart(2, "0")}`) : null;
}

function sizeWords(bytes) {
  if (bytes < 1024) return `${bytes} Б`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} КБ`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} МБ`;
}
