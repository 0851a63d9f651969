// One message as a bubble: words, media, buttons, reactions, and what can be done with it.

import { act } from "/api.js";
import { openApp, startOf } from "/app.js";
import { avatar, clock, h, icon } from "/dom.js";
import { asShown, broughtBy } from "/places.js";
import { richText } from "/richtext.js";
import { emit, messagesOf, world } from "/store.js";
import { t } from "/words.js";

export const EMOJI = ["👍", "❤", "😁", "😢", "🙏", "👎"];

export function bubble(message, pane) {
  if (message.service) return service(message);
  const isMine = message.from.id === pane.speaker();
  return h(
    "article",
    {
      class: `message ${isMine || pane.owns?.(message) ? "mine" : "theirs"} ${message.from.is_bot ? "by-bot" : ""} ${message.text?.startsWith("//") ? "note" : ""}`,
      "data-testid": "message",
      "data-message-id": message.message_id,
      "data-from": message.from.is_bot ? "bot" : message.from.id,
      "aria-label": message.from.name,
    },
    pane.showsNames && !isMine ? avatar(message.from.name, tone(message), "small") : null,
    h("div", { class: "column" }, card(message, pane, isMine), keyboard(message, pane), actions(message, pane, isMine)),
  );
}

function card(message, pane, isMine) {
  return h(
    "div",
    { class: `bubble ${message.media && !message.text ? "bare" : ""}`, "data-testid": "bubble" },
    pane.showsNames && !isMine ? h("div", { class: `sender tone-text-${tone(message) % 6}` }, message.from.name) : null,
    message.forward_origin ? h("div", { class: "forwarded" }, t("forwarded", { name: originName(message.forward_origin) })) : null,
    quoted(message, pane),
    media(message),
    extras(message),
    message.text ? h("div", { class: "words", "data-testid": "words", dir: "auto" }, richText(asShown(message.text), message.entities, pane.sendText)) : null,
    footer(message, isMine),
  );
}

function tone(message) {
  return message.from.is_bot ? 4 : Math.abs(message.from.id);
}

function originName(origin) {
  return origin.sender_user?.first_name ?? origin.sender_user_name ?? "";
}

function quoted(message, pane) {
  if (!message.reply_to) return null;
  const original = messagesOf(message.chat_id).get(message.reply_to);
  const label = original ? gist(original) : "…";
  return h(
    "button",
    { class: "quoted", type: "button", onclick: () => pane.scrollTo(message.reply_to) },
    h("strong", {}, original?.from.name ?? ""),
    h("span", {}, label),
  );
}

// A message in one line: its words, else what it is.
export function gist(message) {
  if (message.text) return message.text.replace(/\s+/g, " ");
  const kind = ["contact", "venue", "location", "poll"].find((one) => message[one]) ?? message.media?.kind;
  return kind ? `[${t(`kind_${kind}`)}]` : "…";
}

function media(message) {
  const found = message.media;
  if (!found) return null;
  const { kind, url } = found;
  if (kind === "photo" || kind === "sticker") {
    const image = h("img", { src: url, alt: message.text || t("photo"), class: kind, loading: "lazy", "data-testid": kind });
    return kind === "photo" ? h("a", { href: url, target: "_blank", rel: "noopener", class: "frame" }, image) : image;
  }
  if (kind === "voice" || kind === "audio") {
    const player = h("audio", { controls: true, src: url, preload: "metadata", "aria-label": t("voice_note"), "data-testid": "voice" });
    return h("div", { class: "voice-note" }, player);
  }
  if (kind === "video" || kind === "video_note" || kind === "animation") {
    return h("video", { controls: true, src: url, preload: "metadata", class: "frame", "data-testid": "video" });
  }
  const size = found.file_size > 1024 ? `${Math.round(found.file_size / 1024)} KB` : `${found.file_size} B`;
  return h(
    "a",
    { href: url, download: found.file_name ?? "file", class: "document", "data-testid": "document" },
    h("span", { class: "document-icon" }, icon("document")),
    h("span", {}, h("strong", {}, found.file_name ?? t("document")), h("small", {}, size)),
  );
}

function extras(message) {
  if (message.contact) {
    const name = [message.contact.first_name, message.contact.last_name].filter(Boolean).join(" ");
    return h(
      "div",
      { class: "document", "data-testid": "contact" },
      h("span", { class: "document-icon" }, icon("contact")),
      h("span", {}, h("strong", {}, name), h("small", {}, message.contact.phone_number)),
    );
  }
  if (message.location) {
    const place = `${message.location.latitude.toFixed(4)}, ${message.location.longitude.toFixed(4)}`;
    return h(
      "div",
      { class: "document", "data-testid": "location" },
      h("span", { class: "document-icon" }, icon("location")),
      h("span", {}, h("strong", {}, message.venue?.title ?? t("shared_location")), h("small", {}, place)),
    );
  }
  if (message.poll) {
    const options = message.poll.options.map((one) => h("li", {}, one.text));
    return h("div", { class: "poll", "data-testid": "poll" }, h("strong", {}, message.poll.question), h("ul", {}, options));
  }
  return null;
}

function footer(message, isMine) {
  const isTaken = message.update_id !== null && message.update_id < world.taken;
  return h(
    "div",
    { class: "footer" },
    message.reactions.map((one) => h("span", { class: "reaction", "data-testid": "reaction" }, one.emoji, one.people.length > 1 ? String(one.people.length) : "")),
    h("span", { class: "when" }, message.reworded ? `${t("edited")} ` : "", clock(message.date)),
    isMine && message.update_id !== null
      ? h("span", { class: `ticks ${isTaken ? "taken" : ""}`, "data-update-id": message.update_id, role: "img", "aria-label": t(isTaken ? "taken" : "sent"), "data-testid": "ticks" })
      : null,
  );
}

function keyboard(message, pane) {
  if (!message.buttons.length) return null;
  return h(
    "div",
    { class: "keyboard" },
    message.buttons.map((row) => h("div", { class: "keyboard-row" }, row.map((one) => inlineButton(one, message, pane)))),
  );
}

function inlineButton(button, message, pane) {
  const style = button.style ? `style-${button.style}` : "";
  const properties = { class: `inline-button ${style}`, "data-testid": "inline-button", "data-callback": button.callback_data };
  const start = button.url && startOf(button.url);
  if (typeof start === "string") return h("button", { ...properties, type: "button", "data-testid": "open-app", onclick: () => openApp(pane.speaker(), start) }, button.text, " ↗");
  const brought = button.url && broughtBy(button.url);
  if (brought) return h("button", { ...properties, type: "button", "data-testid": "open-chat", onclick: () => emit("open_chat", { person_id: pane.speaker(), payload: brought }) }, button.text, " ↗");
  if (button.url) return h("a", { ...properties, href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text, " ↗");
  const element = h("button", { ...properties, type: "button" }, button.text);
  element.addEventListener("click", () => pane.press(message, button, element));
  return element;
}

function actions(message, pane, isMine) {
  const tool = (name, work) =>
    h("button", { class: "tool", type: "button", title: t(name), "aria-label": t(name), "data-testid": `${name}-button`, onclick: work }, icon(name));
  return h(
    "div",
    { class: "tools", role: "group" },
    EMOJI.slice(0, isMine ? 2 : 3).map((emoji) => reactionButton(emoji, message, pane)),
    tool("reply", () => pane.replyTo(message)),
    isMine && (message.text || message.media) ? tool("edit", () => pane.edit(message)) : null,
    isMine || pane.isAdmin?.() ? tool("delete", () => pane.remove(message)) : null,
  );
}

function reactionButton(emoji, message, pane) {
  const mine = message.reactions.find((one) => one.people.includes(pane.speaker()))?.emoji;
  const toggle = () =>
    act("react", {
      person_id: pane.speaker(),
      chat_id: message.chat_id,
      message_id: message.message_id,
      emoji: mine === emoji ? null : emoji,
    }).catch(pane.complain);
  return h("button", { class: "tool emoji", type: "button", "aria-label": `${t("react")} ${emoji}`, "aria-pressed": String(mine === emoji), "data-testid": "react-button", "data-emoji": emoji, onclick: toggle }, emoji);
}

function service(message) {
  const value = message.service_value ?? {};
  const name = Array.isArray(value) ? value.map((one) => one.first_name).join(", ") : value.name ?? value.first_name ?? "";
  const words = t(message.service, { name });
  const label = words === message.service ? t("service") : words;
  const subject = message.service === "pinned_message" ? `${message.from.name} ` : "";
  return h("div", { class: "service", "data-testid": "service", "data-message-id": message.message_id }, subject + label);
}
