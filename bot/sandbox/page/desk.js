// The agents' desk: the topics of the forum, the messages of the chosen one, and who is speaking.

import { act } from "/api.js";
import { avatar, clock, h, icon } from "/dom.js";
import { Pane } from "/pane.js";
import { loadChat, messagesOf, on, world } from "/store.js";
import { t } from "/words.js";

const GENERAL = null;
const SIDE_BY_SIDE = "(min-width: 1181px)";

// The sign of a topic: its emoji if it begins with one, else the first letter after the case number.
function mark(name) {
  const words = name.replace(/^(?:[\[(#\s]*[A-Za-z]{0,5}[-·]?\d[\d-]*[\])\s·:：|,-]*)+/u, "");
  return [...words][0] ?? "·";
}

export class Desk {
  constructor() {
    this.thread = GENERAL;
    this.unread = new Map();
    this.visited = new Set([GENERAL]);
    this.agent = this.agents()[0]?.id ?? null;
    this.pane = new Pane({
      testid: "desk",
      showsNames: true,
      speaker: () => this.agent,
      chatId: () => world.desk?.id,
      threadId: () => this.thread,
      writing: () => this.writing(),
    });
    this.topics = h("ul", { class: "topics", "aria-label": t("topics"), "data-testid": "topics" });
    this.select = h("select", { class: "agent", "aria-label": t("speak_as"), "data-testid": "agent-select", onchange: () => this.speakAs(Number(this.select.value)) });
    this.head = h("header", { class: "chat-head" });
    this.listHead = h("header", { class: "chat-head" });
    this.element = h(
      "section",
      { class: "desk listing", id: "screen-desk", "aria-label": t("tab_desk"), "data-testid": "desk" },
      h("nav", { class: "topic-column", "aria-label": t("topics") }, this.listHead, this.topics),
      h("div", { class: "topic-view" }, this.head, this.pane.element),
    );
    this.follow();
  }

  agents() {
    const role = { agent: 0, stranger: 1 };
    return [...world.people.values()].filter((one) => one.role in role).sort((a, b) => role[a.role] - role[b.role]);
  }

  follow() {
    on("state", () => this.refresh());
    on("message", (message) => this.heard(message));
    on("topic", (event) => {
      if (event.thread_id === this.thread) this.pane.composer.refresh();
    });
  }

  heard(message) {
    if (message.chat_id !== world.desk?.id || message.from.id === this.agent) return;
    if (message.service || (message.thread_id === this.thread && this.isShown())) return;
    this.unread.set(message.thread_id, (this.unread.get(message.thread_id) ?? 0) + 1);
  }

  isShown() {
    const isTab = !matchMedia("(max-width: 899px)").matches || document.body.dataset.tab === "desk";
    return isTab && (matchMedia(SIDE_BY_SIDE).matches || !this.element.classList.contains("listing"));
  }

  shown() {
    if (this.isShown()) this.unread.delete(this.thread);
    this.refresh();
    if (this.pane.following) this.pane.toEnd();
  }

  refresh() {
    if (this.thread !== GENERAL && !this.topic()) this.open(GENERAL);
    this.greet();
    this.drawListHead();
    this.drawTopics();
    this.drawHead();
    this.drawAgents();
    this.pane.composer.refresh();
  }

  // The very first topic opens by itself, so that a visitor sees where the words went.
  greet() {
    const topics = world.desk?.topics ?? [];
    if (this.greeted || !topics.length) return;
    this.greeted = true;
    if (matchMedia(SIDE_BY_SIDE).matches && topics.length === 1 && this.thread === GENERAL && !this.composer().value) this.open(topics[0].thread_id);
  }

  composer() {
    return this.pane.composer.input;
  }

  topic(thread = this.thread) {
    return world.desk?.topics.find((one) => one.thread_id === thread);
  }

  drawListHead() {
    const desk = world.desk;
    const count = desk?.members.length ?? 0;
    this.listHead.replaceChildren(
      avatar(desk?.title ?? "", 2, "square"),
      h("div", { class: "titles" }, h("strong", {}, desk?.title ?? ""), h("span", { class: "status" }, t("members", { count }))),
    );
  }

  drawTopics() {
    const sorted = [...(world.desk?.topics ?? [])].sort((a, b) => b.last_seq - a.last_seq);
    const items = [this.item({ thread_id: GENERAL, name: t("general"), last: this.lastInGeneral() }), ...sorted.map((one) => this.item(one))];
    if (!sorted.length) items.push(h("li", { class: "empty" }, t("no_topics")));
    this.topics.replaceChildren(...items);
  }

  lastInGeneral() {
    return [...messagesOf(world.desk?.id).values()].filter((one) => one.thread_id === GENERAL && !one.service && !one.deleted).at(-1);
  }

  item(topic) {
    const count = this.unread.get(topic.thread_id) ?? 0;
    const last = topic.last;
    const colour = topic.icon_color === undefined ? "general" : `topic-${topic.icon_color.toString(16)}`;
    const button = h(
      "button",
      { type: "button", class: `topic ${topic.closed ? "closed" : ""}`, "aria-current": topic.thread_id === this.thread ? "true" : "false", "data-testid": "topic", "data-thread-id": topic.thread_id ?? "general", onclick: () => this.choose(topic.thread_id) },
      h("span", { class: `topic-mark ${colour}`, "aria-hidden": "true" }, topic.thread_id === GENERAL ? "#" : mark(topic.name)),
      h("span", { class: "topic-words" }, h("strong", {}, topic.name), h("small", {}, last ? `${last.from.name}: ${last.text.replace(/\s+/g, " ") || "…"}` : "")),
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
    const back = h("button", { class: "tool-button back", type: "button", "aria-label": t("back"), "data-testid": "topic-back", onclick: () => this.element.classList.add("listing") }, icon("back"));
    const title = h("div", { class: "titles" }, h("strong", { "data-testid": "topic-title" }, topic?.name ?? t("general")), h("span", { class: "status" }, world.desk?.title ?? ""));
    const mayClose = this.isAdmin() && topic;
    const label = t(topic?.closed ? "reopen_topic" : "close_topic");
    const close = mayClose ? h("button", { class: "tool-button", type: "button", title: label, "aria-label": label, "data-testid": "close-topic", onclick: () => this.toggleClosed(topic) }, icon(topic.closed ? "unlock" : "lock")) : null;
    this.head.replaceChildren(...[back, title, close, this.speaker()].filter(Boolean));
  }

  speaker() {
    const name = world.people.get(this.agent)?.name ?? "";
    return h(
      "label",
      { class: "speaker", title: t("speak_as") },
      avatar(name, this.agent, "small"),
      h("span", { class: "speaker-name" }, name),
      h("span", { class: "speaker-note" }, this.isMember() ? "" : t("not_member")),
      icon("down"),
      this.select,
    );
  }

  isMember() {
    return Boolean(world.desk?.members.some((one) => one.id === this.agent));
  }

  drawAgents() {
    const place = new Map((world.desk?.members ?? []).map((one) => [one.id, one.status]));
    const options = this.agents().map((one) => {
      const status = place.get(one.id);
      const isAdmin = status === "administrator" || status === "creator";
      const note = status ? (isAdmin ? ` · ${t("admin")}` : "") : ` · ${t("not_member")}`;
      return h("option", { value: String(one.id) }, one.name + note);
    });
    this.select.replaceChildren(...options);
    this.select.value = String(this.agent);
  }

  isAdmin() {
    const mine = world.desk?.members.find((one) => one.id === this.agent);
    return mine?.status === "administrator" || mine?.status === "creator";
  }

  speakAs(id) {
    this.agent = id;
    this.refresh();
    this.pane.draw();
  }

  choose(thread) {
    this.element.classList.remove("listing");
    this.open(thread);
    this.refresh();
    if (matchMedia("(min-width: 900px)").matches) this.pane.composer.input.focus();
  }

  open(thread) {
    this.thread = thread;
    this.unread.delete(thread);
    this.pane.composer.clear();
    this.pane.draw(!this.visited.has(thread));
    this.visited.add(thread);
  }

  async toggleClosed(topic) {
    const deed = topic.closed ? "reopen_topic" : "close_topic";
    await act(deed, { person_id: this.agent, chat_id: world.desk.id, thread_id: topic.thread_id }).catch(this.pane.complain);
  }

  writing() {
    const topic = this.topic();
    const name = world.people.get(this.agent)?.name ?? "";
    const isShut = topic?.closed && !this.isAdmin();
    return { note: isShut ? h("span", {}, t("topic_closed")) : null, keys: null, placeholder: t("write_as", { name }) };
  }

  async load() {
    if (world.desk) await loadChat(world.desk.id);
  }

  total() {
    return [...this.unread.values()].reduce((sum, one) => sum + one, 0);
  }
}
