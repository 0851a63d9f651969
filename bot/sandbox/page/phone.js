// The customer's phone: whose phone it is, the chat with the bot, and what the bot is doing.

import { act } from "/api.js";
import { avatar, h, icon } from "/dom.js";
import { Doors } from "/doors.js";
import { menuOn, newCustomerBox } from "/notices.js";
import { Pane } from "/pane.js";
import { squaresOf } from "/places.js";
import { loadChat, loadState, on, world } from "/store.js";
import { lang, t } from "/words.js";

const MOST_SHOWN = 40;
const TYPING_SECONDS = 5;

export class Phone {
  constructor() {
    this.current = this.customers()[0]?.id ?? null;
    this.unread = new Map();
    this.doors = new Doors(() => this.current, () => this.leave(), () => this.refresh());
    this.pane = new Pane({
      testid: "phone",
      showsNames: false,
      // what the bot says for an account stands under the owner's name
      owns: (message) => this.doors.isOwners && message.from.is_bot,
      speaker: () => this.doors.speaker,
      chatId: () => this.doors.chatId,
      threadId: () => undefined,
      settled: () => this.doors.turned,
      writing: () => this.writing(),
    });
    Object.defineProperty(this.pane, "showsNames", { get: () => this.doors.square !== null });
    this.people = h("div", { class: "people", role: "group", "aria-label": t("customers") });
    this.status = h("span", { class: "status", "data-testid": "bot-status" });
    this.menuButton = h("button", { class: "tool-button", type: "button", "aria-label": t("menu"), title: t("menu"), "aria-haspopup": "menu", "data-testid": "phone-menu", onclick: () => this.openMenu() }, icon("more"));
    this.head = h("header", { class: "chat-head" });
    this.element = h("section", { class: "phone", id: "screen-phone", "aria-label": t("tab_phone"), "data-testid": "phone" }, this.people, this.doors.element, h("div", { class: "device" }, this.head, this.pane.element));
    this.follow();
  }

  customers() {
    return [...world.people.values()].filter((one) => one.role === "customer");
  }

  follow() {
    on("state", () => this.refresh());
    on("message", (message) => this.heard(message));
    on("action", (event) => event.chat_id === this.doors.chatId && this.showTyping());
    on("open_chat", (event) => this.openChat(event).catch(this.pane.complain));
  }

  refresh() {
    if (!world.people.has(this.current)) this.current = this.customers()[0]?.id ?? null;
    const shown = this.customers().slice(-MOST_SHOWN);
    const add = h(
      "button",
      { class: "person add", type: "button", title: t("new_customer"), "aria-label": t("new_customer"), "data-testid": "new-customer", onclick: () => this.openNew() },
      icon("plus"),
      shown.length < 2 ? h("span", {}, t("new_customer")) : null,
    );
    this.people.replaceChildren(...shown.map((one) => this.chip(one)), add);
    this.menuButton.setAttribute("aria-expanded", "false");
    // an open menu would close under the finger
    if (!this.head.querySelector(".menu")) this.head.replaceChildren(
      this.doors.face(),
      h("div", { class: "titles" }, h("strong", { "data-testid": "bot-name" }, this.doors.name), this.status),
      h("div", { class: "menu-anchor right" }, this.menuButton),
    );
    this.doors.draw();
    if (!this.typing) this.status.textContent = this.doors.status;
    this.pane.composer.refresh();
  }

  // What was being written stays behind at once: what is typed next is meant for the chat that opens.
  leave() {
    this.stopTyping();
    this.pane.composer.clear();
  }

  // A link out of a group: Telegram opens the private chat and sends what the link brings along.
  async openChat({ person_id, payload }) {
    this.current = person_id;
    await this.doors.choose(null, false);
    await act("open_link", { person_id, payload });
  }

  chip(person) {
    const count = this.unread.get(person.id) ?? 0;
    return h(
      "button",
      { class: "person", type: "button", "aria-pressed": String(person.id === this.current), "data-testid": "customer", "data-person-id": person.id, onclick: () => this.choose(person.id) },
      avatar(person.name, person.id, "small"),
      h("span", {}, person.name),
      count ? h("span", { class: "badge", "aria-label": t("unread", { count }) }, String(count)) : null,
    );
  }

  async choose(id) {
    this.current = id;
    this.unread.delete(id);
    this.typing = null;
    this.pane.composer.clear();
    this.refresh();
    if (this.doors.owner === null) await loadChat(this.doors.chatId);
    else await this.doors.choose(this.doors.owner, this.doors.isOwners);
  }

  heard(message) {
    if (message.chat_id === this.doors.chatId) {
      if (message.from.is_bot) this.stopTyping();
    } else if (message.from.is_bot && world.people.has(message.chat_id)) {
      this.unread.set(message.chat_id, (this.unread.get(message.chat_id) ?? 0) + 1);
      this.refresh();
    }
  }

  showTyping() {
    clearTimeout(this.typing);
    this.status.textContent = t("typing");
    this.status.classList.add("typing");
    this.pane.showTyping(true);
    this.typing = setTimeout(() => this.stopTyping(), TYPING_SECONDS * 1000);
  }

  stopTyping() {
    clearTimeout(this.typing);
    this.typing = null;
    this.status.classList.remove("typing");
    this.pane.showTyping(false);
    this.status.textContent = this.doors.status;
  }

  openNew() {
    const taken = new Set(this.customers().map((one) => one.name));
    const names = t("sample_names");
    const suggestion = names.find((one) => !taken.has(one)) ?? `${names[0]} ${taken.size}`;
    newCustomerBox(suggestion, lang, async (name, language) => {
      const person = await act("add_user", { first_name: name, language_code: language });
      world.people.set(person.id, { ...person, name, role: "customer" });
      // whoever comes is in the same groups as the one whose phone it was
      for (const one of squaresOf(this.current)) await act("join", { person_id: person.id, chat_id: one.id });
      await loadState();
      await this.choose(person.id);
      this.pane.composer.input.focus();
    });
  }

  openMenu() {
    const person = world.people.get(this.current);
    const deed = person.blocked ? "unblock" : "block";
    const own = { label: t(deed), testid: deed, work: () => act(deed, { person_id: this.current }) };
    const deeds = this.doors.owner === null ? [own, ...this.doors.menu()] : this.doors.menu();
    menuOn(this.menuButton, deeds.map((one) => ({ ...one, work: () => one.work().catch(this.pane.complain) })));
  }

  writing() {
    if (this.doors.square !== null) return { note: null, keys: null, placeholder: t("write_in_square", { name: world.bot.username }) };
    if (this.doors.owner !== null) return { note: null, keys: null, placeholder: t("write") };
    const person = world.people.get(this.current);
    const unblock = () => act("unblock", { person_id: this.current }).catch(this.pane.complain);
    const note = person?.blocked
      ? h("div", { class: "blocked" }, h("span", {}, t("blocked_note")), h("button", { class: "primary", type: "button", onclick: unblock, "data-testid": "unblock-note" }, t("unblock")))
      : null;
    const start = person && !person.started && !person.blocked ? { keyboard: [[{ text: "/start", label: t("start") }]] } : null;
    return { note, keys: start ?? person?.keyboard, placeholder: t("write") };
  }
}
