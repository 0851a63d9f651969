// The agents' desk: its groups, the topics of the chosen one, the messages of the chosen topic.

import { act } from "/api.js";
import { gist } from "/bubble.js";
import { avatar, clock, h, icon } from "/dom.js";
import { Pane } from "/pane.js";
import { unbroken } from "/richtext.js";
import { Speaker } from "/speaker.js";
import { loadChat, messagesOf, needChat, on, world } from "/store.js";
import { t } from "/words.js";

const GENERAL = null;
const SIDE_BY_SIDE = matchMedia("(min-width: 1181px)");
const NARROW = matchMedia("(max-width: 899px)");

// The sign of a topic: its emoji if it begins with one, else the first letter after the case number.
function mark(name) {
  const words = name.replace(/^(?:[\[(#\s]*[A-Za-z]{0,5}[-·]?\d[\d-]*[\])\s·:：|,-]*)+/u, "");
  return [...words][0] ?? "·";
}

const spot = (chatId, thread) => `${chatId}/${thread ?? ""}`;

export class Desk {
  constructor() {
    this.chatId = world.desk?.id;
    this.thread = GENERAL;
    this.unread = new Map();
    this.visited = new Set([spot(this.chatId, GENERAL)]);
    this.last = new Map();
    this.speaker = new Speaker(
      () => this.group(),
      () => {
        this.refresh();
        this.pane.draw();
      },
    );
    this.pane = new Pane({
      testid: "desk",
      showsNames: true,
      speaker: () => this.speaker.id,
      isAdmin: () => this.speaker.isAdmin(),
      chatId: () => this.chatId,
      threadId: () => this.thread,
      writing: () => this.writing(),
    });
    this.groups = h("div", { class: "groups", role: "group", "aria-label": t("groups"), "data-testid": "groups" });
    this.topics = h("ul", { class: "topics", "aria-label": t("topics"), "data-testid": "topics" });
    this.head = h("header", { class: "chat-head" });
    this.listHead = h("header", { class: "chat-head" });
    this.element = h(
      "section",
      { class: "desk listing", id: "screen-desk", "aria-label": t("tab_desk"), "data-testid": "desk" },
      h("nav", { class: "topic-column", "aria-label": t("topics") }, this.listHead, this.groups, this.topics),
      h("div", { class: "topic-view" }, this.head, this.pane.element),
    );
    this.follow();
  }

  follow() {
    on("state", () => this.refresh());
    on("message", (message) => this.heard(message));
    on("topic", (event) => {
      if (event.chat_id === this.chatId && event.thread_id === this.thread) this.pane.composer.refresh();
    });
    on("go", (path) => this.goTo(path));
    SIDE_BY_SIDE.addEventListener("change", () => this.refresh());
  }

  // Where a link into a private group leads: /c/<group>/<topic>.
  goTo(path) {
    const [, group, thread] = /^\/c\/(\d+)\/(\d+)/.exec(path) ?? [];
    if (!group || !world.groups.has(Number(`-100${group}`))) return;
    if (this.chatId !== Number(`-100${group}`)) this.enter(Number(`-100${group}`));
    this.choose(Number(thread));
  }

  group() {
    return world.groups.get(this.chatId);
  }

  topic(thread = this.thread) {
    return this.group()?.topics.find((one) => one.thread_id === thread);
  }

  heard(message) {
    if (!world.desks.some((one) => one.id === message.chat_id) || message.from.id === this.speaker.id || message.service) return;
    if (message.chat_id === this.chatId && message.thread_id === this.thread && this.isShown()) return;
    const key = spot(message.chat_id, message.thread_id);
    this.unread.set(key, (this.unread.get(key) ?? 0) + 1);
  }

  isShown() {
    const isTab = !NARROW.matches || document.body.dataset.tab === "desk";
    return isTab && (SIDE_BY_SIDE.matches || !this.element.classList.contains("listing"));
  }

  shown() {
    if (this.isShown()) this.unread.delete(spot(this.chatId, this.thread));
    this.refresh();
    if (this.pane.following) this.pane.toEnd();
  }

  refresh() {
    if (!world.desks.some((one) => one.id === this.chatId)) this.enter(world.groups.get(this.chatId)?.moved_to ?? world.desk?.id);
    if (this.thread !== GENERAL && !this.topic()) this.open(GENERAL);
    for (const one of world.desks) needChat(one.id);
    this.greet();
    this.drawListHead();
    this.drawGroups();
    this.drawTopics();
    this.drawHead();
    this.pane.composer.refresh();
  }

  // The very first topic opens by itself, so that a visitor sees where the words went.
  greet() {
    const topics = this.group()?.topics ?? [];
    if (this.greeted || !topics.length) return;
    this.greeted = true;
    if (SIDE_BY_SIDE.matches && topics.length === 1 && this.thread === GENERAL && !this.pane.composer.input.value) this.open(topics[0].thread_id);
  }

  // Where one topic is shown at a time, the chip stands over the list as well.
  drawSpeaker(head, isHere) {
    this.speaker.draw();
    if (isHere) head.append(this.speaker.element);
  }

  drawListHead() {
    const group = this.group();
    const count = group?.members.length ?? 0;
    this.listHead.replaceChildren(
      avatar(group?.title ?? "", 2, "square"),
      h("div", { class: "titles" }, h("strong", {}, group?.title ?? ""), h("span", { class: "status" }, t("members", { count }))),
    );
    this.drawSpeaker(this.listHead, !SIDE_BY_SIDE.matches && this.element.classList.contains("listing"));
  }

  drawGroups() {
    this.groups.hidden = world.desks.length < 2;
    this.groups.replaceChildren(
      ...world.desks.map((one) => {
        const count = this.unreadIn(one.id);
        return h(
          "button",
          { class: "group", type: "button", "aria-pressed": String(one.id === this.chatId), "data-testid": "group", "data-chat-id": one.id, onclick: () => this.chooseGroup(one.id) },
          h("span", {}, one.title),
          count ? h("span", { class: "badge", "aria-label": t("unread", { count }) }, String(count)) : null,
        );
      }),
    );
  }

  unreadIn(chatId) {
    return [...this.unread].reduce((sum, [key, count]) => (key.startsWith(`${chatId}/`) ? sum + count : sum), 0);
  }

  drawTopics() {
    const sorted = [...(this.group()?.topics ?? [])].sort((a, b) => b.last_seq - a.last_seq);
    const items = [this.item({ thread_id: GENERAL, name: t("general"), last: this.lastInGeneral() }), ...sorted.map((one) => this.item(one))];
    if (!sorted.length) items.push(h("li", { class: "empty" }, t("no_topics")));
    this.topics.replaceChildren(...items);
  }

  lastInGeneral() {
    return [...messagesOf(this.chatId).values()].filter((one) => one.thread_id === GENERAL && !one.service && !one.deleted).at(-1);
  }

  item(topic) {
    const count = this.unread.get(spot(this.chatId, topic.thread_id)) ?? 0;
    const last = topic.last;
    const colour = topic.icon_color === undefined ? "general" : `topic-${topic.icon_color.toString(16)}`;
    const sign = topic.thread_id === GENERAL ? "#" : topic.icon || mark(topic.name);
    const button = h(
      "button",
      { type: "button", class: `topic ${topic.closed ? "closed" : ""}`, "aria-current": topic.thread_id === this.thread ? "true" : "false", "data-testid": "topic", "data-thread-id": topic.thread_id ?? "general", onclick: () => this.choose(topic.thread_id) },
      h("span", { class: `topic-mark ${topic.icon ? "icon-mark" : colour}`, "aria-hidden": "true" }, sign),
      h("span", { class: "topic-words" }, h("strong", {}, ...unbroken(topic.name)), h("small", {}, last ? `${last.from.name}: ${gist(last)}` : "")),
      h(
        "span",
        { class: "topic-side" },
        h("small", {}, last ? clock(last.date) : ""),
        topic.closed ? icon("lock") : null,
        count ? h("span", { class: "badge", "data-testid": "unread", "aria-label": t("unread", { count }) }, String(count)) : null,
      ),
    );
    return h("li", {}, button);
  }

  drawHead() {
    const topic = this.topic();
    const back = h("button", { class: "tool-button back", type: "button", "aria-label": t("back"), "data-testid": "topic-back", onclick: () => this.toList() }, icon("back"));
    const title = h("div", { class: "titles" }, h("strong", { "data-testid": "topic-title" }, ...unbroken(topic?.name ?? t("general"))), h("span", { class: "status" }, this.group()?.title ?? ""));
    const mayClose = this.speaker.isAdmin() && topic;
    const label = t(topic?.closed ? "reopen_topic" : "close_topic");
    const close = mayClose ? h("button", { class: "tool-button", type: "button", title: label, "aria-label": label, "data-testid": "close-topic", onclick: () => this.toggleClosed(topic) }, icon(topic.closed ? "unlock" : "lock")) : null;
    this.head.replaceChildren(...[back, title, close].filter(Boolean));
    this.drawSpeaker(this.head, SIDE_BY_SIDE.matches || !this.element.classList.contains("listing"));
  }

  toList() {
    this.element.classList.add("listing");
    this.refresh();
  }

  choose(thread) {
    this.element.classList.remove("listing");
    this.open(thread);
    this.refresh();
    if (!NARROW.matches) this.pane.composer.input.focus();
  }

  chooseGroup(chatId) {
    this.enter(chatId);
    this.refresh();
  }

  // Back where one was in that group.
  enter(chatId) {
    this.last.set(this.chatId, this.thread);
    this.chatId = chatId;
    const before = this.last.get(chatId) ?? GENERAL;
    this.open(this.topic(before) ? before : GENERAL);
  }

  open(thread) {
    const here = spot(this.chatId, thread);
    this.thread = thread;
    if (this.isShown()) this.unread.delete(here);
    this.pane.composer.clear();
    this.pane.draw(!this.visited.has(here));
    this.visited.add(here);
  }

  async toggleClosed(topic) {
    const deed = topic.closed ? "reopen_topic" : "close_topic";
    await act(deed, { person_id: this.speaker.id, chat_id: this.chatId, thread_id: topic.thread_id }).catch(this.pane.complain);
  }

  writing() {
    const isShut = this.topic()?.closed && !this.speaker.isAdmin();
    return { note: isShut ? h("span", {}, t("topic_closed")) : null, keys: null, placeholder: t("write_as", { name: this.speaker.name }) };
  }

  async load() {
    await Promise.all(world.desks.map((one) => loadChat(one.id)));
  }

  total() {
    return [...this.unread.values()].reduce((sum, one) => sum + one, 0);
  }
}
