// Who sits at the desk right now: name and rights on a chip, the system's own list behind it, and who is asked for.

import { avatar, h, icon } from "/dom.js";
import { on, world } from "/store.js";
import { t } from "/words.js";

const PLACES = { agent: 0, stranger: 1 };

export class Speaker {
  // groupNow() gives the group that is on the screen; onChange() is called when somebody else sits down
  constructor(groupNow, onChange) {
    this.groupNow = groupNow;
    this.onChange = onChange;
    this.wanted = new Map();
    this.id = this.people()[0]?.id ?? null;
    this.select = h("select", { class: "agent", "aria-label": t("speak_as"), "data-testid": "agent-select", onchange: () => this.become(Number(this.select.value)) });
    this.face = h("span", { class: "speaker-face" });
    this.element = h("label", { class: "speaker", title: t("speak_as"), "data-testid": "speaker" }, this.face, this.select);
    on("message", (message) => this.heard(message));
  }

  people() {
    return [...world.people.values()].filter((one) => one.role in PLACES).sort((a, b) => PLACES[a.role] - PLACES[b.role]);
  }

  get name() {
    return world.people.get(this.id)?.name ?? "";
  }

  member(id = this.id) {
    return this.groupNow()?.members.find((one) => one.id === id);
  }

  isAdmin() {
    return ["administrator", "creator"].includes(this.member()?.status);
  }

  standing(person) {
    return t(this.member(person.id) ? `standing_${person.standing || "agent"}` : "not_member");
  }

  become(id) {
    this.id = id;
    this.wanted.delete(id);
    this.onChange();
  }

  // A mention makes a phone ring; here it puts a number on the chip until that person sits down.
  heard(message) {
    if (message.chat_id > 0) return;
    for (const one of this.people()) {
      if (one.id === this.id || one.id === message.from.id || !mentions(message, one)) continue;
      this.wanted.set(one.id, (this.wanted.get(one.id) ?? 0) + 1);
    }
    this.draw();
  }

  draw() {
    const person = world.people.get(this.id);
    if (!person) return;
    const count = [...this.wanted.values()].reduce((sum, one) => sum + one, 0);
    this.face.replaceChildren(
      avatar(person.name, person.id, "small"),
      h("span", { class: "speaker-words" }, h("span", { class: "speaker-name" }, person.name), h("span", { class: "speaker-note" }, this.standing(person))),
      count ? h("span", { class: "badge", "data-testid": "wanted", "aria-label": t("wanted", { count }) }, String(count)) : icon("down"),
    );
    const options = this.people().map((one) => h("option", { value: String(one.id) }, `${one.name} · ${this.standing(one)}${this.wanted.has(one.id) ? ` · ${t("called")}` : ""}`));
    this.select.replaceChildren(...options);
    this.select.value = String(this.id);
  }
}

function mentions(message, person) {
  return message.entities.some((one) => {
    if (one.type === "text_mention") return one.user?.id === person.id;
    return one.type === "mention" && message.text.slice(one.offset + 1, one.offset + one.length) === person.username;
  });
}
