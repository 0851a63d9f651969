// A chat as one sees it: the list of messages and the field to write in. The phone and the desk each have one.

import { act } from "/api.js";
import { bubble } from "/bubble.js";
import { Composer } from "/composer.js";
import { h, icon } from "/dom.js";
import { alertBox, toast } from "/notices.js";
import { messagesOf, on, world } from "/store.js";
import { t } from "/words.js";

const NEAR_END = 120;
const PRESS_PATIENCE = 15000;

export class Pane {
  // options: testid, speaker() -> person id, chatId(), threadId() (null: General, undefined: no forum), showsNames,
  // settled() waits until the chat that was chosen is open,
  // isAdmin() says whether others' messages may be deleted
  constructor(options) {
    Object.assign(this, options);
    this.pressed = new Map();
    this.answeredEarly = new Set();
    this.following = true;
    this.lastTop = 0;
    this.sendText = (text) => this.composer.sendText(text);
    this.complain = (error) => toast(t("failed", { reason: error.message }), this.box);
    this.list = h("div", { class: "messages", role: "log", "aria-live": "polite", tabindex: "0", "data-testid": `${this.testid}-messages` });
    this.dots = h("div", { class: "typing-dots", "aria-hidden": "true", "data-testid": `${this.testid}-typing` }, h("i"), h("i"), h("i"));
    this.jump = h("button", { class: "jump", type: "button", hidden: true, "aria-label": t("jump"), onclick: () => this.toEnd(true) }, icon("down"));
    this.composer = new Composer(this);
    this.box = h("div", { class: "messages-box" }, this.list, this.jump);
    this.element = h("div", { class: "pane" }, this.box, this.composer.element);
    this.list.addEventListener("scroll", () => this.scrolled());
    this.list.addEventListener("click", (event) => this.tapped(event));
    new ResizeObserver(() => this.following && this.toEnd()).observe(this.list);
    this.follow();
  }

  follow() {
    on("chat", (chatId) => chatId === this.chatId() && this.draw());
    on("message", (message) => this.shows(message) && this.add(message));
    on("edited", (message) => this.shows(message) && this.replace(message));
    on("deleted", (event) => event.chat_id === this.chatId() && this.find(event.message_id)?.remove());
    on("taken", () => this.tick());
    on("shown", () => this.following && this.toEnd());
    on("query_answered", (event) => this.answered(event));
  }

  shows(message) {
    const thread = this.threadId();
    return message.chat_id === this.chatId() && (thread === undefined || thread === message.thread_id);
  }

  // A topic opens at its beginning, where the card is, when one has not seen it before.
  draw(fromStart = false) {
    const messages = [...messagesOf(this.chatId()).values()].filter((one) => this.shows(one) && !one.deleted);
    this.list.replaceChildren();
    for (const one of messages) this.place(one);
    if (!messages.some((one) => !one.service)) this.list.append(this.emptyNote());
    this.jump.hidden = true;
    if (!fromStart) this.toEnd();
    else {
      this.following = false;
      this.list.scrollTop = 0;
    }
  }

  // An album is one thing to look at: its parts stand together.
  place(message) {
    const element = bubble(message, this);
    const album = message.media_group_id;
    if (!album) this.list.append(element);
    else {
      const last = this.list.lastElementChild;
      const isMine = message.from.id === this.speaker();
      const group = last?.dataset.album === album ? last : h("div", { class: `album ${isMine ? "mine" : ""}`, "data-album": album, "data-testid": "album" });
      group.append(element);
      this.list.append(group);
    }
    return element;
  }

  emptyNote() {
    if (this.threadId() !== undefined) return h("div", { class: "empty" }, t("empty_topic"));
    const isPublic = this.chatId() < 0;
    const named = (words) => (isPublic ? `@${world.bot.username} ${words}` : words);
    const sample = (words) => h("button", { class: "sample", type: "button", "data-testid": "sample", onclick: () => this.sendText(named(words)) }, named(words));
    return h("div", { class: "empty" }, h("p", {}, t(isPublic ? "square_note" : "start_note")), h("div", { class: "samples" }, t("samples").map(sample)));
  }

  add(message) {
    // The card and the log of a topic that is just being opened come one after the other; the card stays in sight.
    const isBeginning = this.list.querySelectorAll(".message").length < 2;
    const follows = this.following || message.from.id === this.speaker() || (this.isNearEnd() && !isBeginning);
    this.list.querySelector(".empty")?.remove();
    if (message.from.is_bot) this.showTyping(false);
    const isTyping = this.dots.isConnected;
    this.dots.remove();
    this.place(message).classList.add("arriving");
    if (isTyping) this.list.append(this.dots);
    if (follows) this.toEnd(true);
    else this.jump.hidden = this.isNearEnd();
  }

  showTyping(isTyping) {
    if (!isTyping) this.dots.remove();
    else if (!this.dots.isConnected) {
      this.list.append(this.dots);
      if (this.following) this.toEnd(true);
    }
  }

  replace(message) {
    const before = this.find(message.message_id);
    const after = bubble(message, this);
    if (before?.classList.contains("chosen")) after.classList.add("chosen");
    before?.replaceWith(after);
    if (this.following) this.toEnd();
  }

  find(messageId) {
    return this.list.querySelector(`[data-message-id="${messageId}"]`);
  }

  // Only a person who scrolls up stops following; a list that grows does not.
  scrolled() {
    const isNear = this.isNearEnd();
    if (isNear) this.following = true;
    else if (this.list.scrollTop < this.lastTop) this.following = false;
    this.lastTop = this.list.scrollTop;
    this.jump.hidden = isNear || this.following;
  }

  isNearEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_END;
  }

  toEnd(smooth = false) {
    this.following = true;
    const go = () => this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    go();
    // Pictures get their height later.
    for (const image of this.list.querySelectorAll("img")) if (!image.complete) image.addEventListener("load", go, { once: true });
  }

  scrollTo(messageId) {
    const found = this.find(messageId);
    found?.scrollIntoView({ block: "center", behavior: "smooth" });
    found?.classList.add("flash");
    setTimeout(() => found?.classList.remove("flash"), 1600);
  }

  tick() {
    for (const mark of this.list.querySelectorAll(".ticks:not(.taken)")) {
      if (Number(mark.dataset.updateId) >= world.taken) continue;
      mark.classList.add("taken");
      mark.setAttribute("aria-label", t("taken"));
    }
  }

  // Where nothing hovers, a tap on a bubble shows what can be done with it, and another takes it away.
  tapped(event) {
    const bubble = event.target.closest(".bubble");
    const isTouch = event.pointerType === "touch" || matchMedia("(max-width: 899px)").matches;
    if (!isTouch || event.target.closest(".tools, a, button, audio, video")) return;
    const message = bubble?.closest(".message");
    const wasChosen = message?.classList.contains("chosen");
    this.choose(wasChosen ? null : message);
  }

  choose(message) {
    this.list.querySelector(".message.chosen")?.classList.remove("chosen");
    message?.classList.add("chosen");
    message?.querySelector(".tools")?.scrollIntoView({ block: "nearest" });
  }

  replyTo(message) {
    this.choose(null);
    this.composer.replyTo(message);
  }

  async remove(message) {
    await act("delete", { chat_id: message.chat_id, message_id: message.message_id }).catch(this.complain);
  }

  edit(message) {
    this.choose(null);
    this.composer.edit(message);
  }

  async press(message, button, element) {
    if (button.copy_text) {
      await navigator.clipboard?.writeText(button.copy_text.text);
      return toast(t("copied"), this.box);
    }
    if (!button.callback_data) return undefined;
    element.classList.add("waiting");
    element.setAttribute("aria-busy", "true");
    try {
      const query = await act("press", { person_id: this.speaker(), chat_id: message.chat_id, message_id: message.message_id, data: button.callback_data });
      this.pressed.set(query.query_id, element);
      // The answer may have been faster than our own call.
      if (this.answeredEarly.delete(query.query_id)) this.release(query.query_id);
      setTimeout(() => this.release(query.query_id), PRESS_PATIENCE);
    } catch (error) {
      element.classList.remove("waiting");
      this.complain(error);
    }
    return undefined;
  }

  answered(event) {
    if (event.person_id !== this.speaker() || event.chat_id !== this.chatId()) return;
    if (!this.pressed.has(event.query_id)) this.answeredEarly.add(event.query_id);
    this.release(event.query_id);
    if (event.text && event.show_alert) alertBox(event.text);
    else if (event.text) toast(event.text, this.box);
  }

  release(queryId) {
    const element = this.pressed.get(queryId);
    element?.classList.remove("waiting");
    element?.removeAttribute("aria-busy");
    this.pressed.delete(queryId);
  }
}
