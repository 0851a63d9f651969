// What is owed: a week of days, overdue first, then line by line who keeps what.

import { ask } from "./api.js";
import { h } from "./dom.js";
import { empty, matter, moreButton, severity, what } from "./parts.js";
import { clock, dayName, dayNumber, dayOf, since, t, term, upfirst, weekday } from "./words.js";

export class Promises {
  name = "promises";
  day = "";

  constructor(house) {
    this.house = house;
  }

  async draw() {
    const told = await ask("promises", { day: this.day });
    this.now = told.now;
    this.grown = false;
    this.counts = Object.fromEntries(told.days.map((one) => [one.day, one.count]));
    this.days = h("div", { class: "days" });
    this.tail = h("div", { class: "tail" });
    this.fill(told);
    const none = told.rows.length ? null : empty(t(this.day ? "empty_day" : "empty_promises"));
    return [this.strip(told.days), none, this.days, this.tail];
  }

  strip(days) {
    const cell = (value, top, big, count) =>
      h(
        "button",
        { type: "button", class: `day ${value === "late" && count ? "alarm" : ""}`, "aria-pressed": String(this.day === value), "data-testid": `day-${value || "all"}`, onclick: () => this.choose(value) },
        h("small", {}, top),
        h("strong", {}, big),
        h("span", { class: count ? "count" : "count zero" }, String(count)),
      );
    const total = days.reduce((sum, one) => sum + one.count, 0);
    const cells = days.map(({ day, count }) => (day === "late" ? cell("late", t("late"), "!", count) : cell(day, day === dayOf(this.now) ? upfirst(t("today")) : weekday(day), String(dayNumber(day)), count)));
    return h("div", { class: "strip", role: "group", "aria-label": t("tab_promises") }, cell("", t("all_days"), "∑", total), cells);
  }

  choose(day) {
    this.day = day;
    this.house.again();
  }

  fill(told) {
    for (const row of told.rows) {
      const key = row.due.late ? "late" : dayOf(row.due.at);
      let list = this.days.querySelector(`[data-day="${key}"] ul`);
      if (!list) {
        list = h("ul", { class: "rows" });
        const head = h("h2", { class: key === "late" ? "alarm" : "" }, key === "late" ? t("late") : upfirst(dayName(key, this.now)), h("b", {}, String(this.counts[key] ?? "")));
        this.days.append(h("section", { class: "column", "data-testid": "day", "data-day": key }, head, list));
      }
      list.append(this.row(row));
    }
    const left = told.total - told.next;
    this.tail.replaceChildren();
    if (left <= 0) return;
    const load = async () => {
      const more = await this.house.tried(() => ask("promises", { day: this.day, offset: told.next }));
      this.grown = true;
      this.fill(more ?? { ...told, rows: [] });
    };
    this.tail.append(moreButton(t("more_promises", { count: left }), load));
  }

  row(row) {
    const when = row.due.late ? since(row.due.at, this.now) : clock(row.due.at);
    const owner = row.owner.name ? t("owner", { name: row.owner.name }) : t("owner_queue", { queue: term(row.owner.queue, "queue") });
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: `row owed ${row.due.late ? "is-late" : ""}`, "data-testid": "promise-row", "data-no": row.no, onclick: () => this.house.open(row.no) },
        h("span", { class: "when" }, when),
        h("span", { class: "owed-words" }, h("strong", {}, upfirst(what(row.due))), h("span", { class: "soft" }, matter(row)), h("span", { class: "row-mid" }, h("span", { class: "no" }, row.no), h("span", { class: row.owner.name ? "" : "nobody" }, owner))),
        row.severity <= 2 ? severity(row.severity) : null,
      ),
    );
  }
}
