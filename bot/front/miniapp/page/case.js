// One case in the order of time.

import { ask } from "./api.js";
import { h, icon } from "./dom.js";
import { happened } from "./events.js";
import { dueLine, holder, matter, moreButton, severity } from "./parts.js";
import { goTo } from "./telegram.js";
import { dayAndTime, dayName, dayOf, t, term, upfirst } from "./words.js";

export class Case {
  name = "case";

  constructor(house, no) {
    this.house = house;
    this.no = no;
  }

  async draw() {
    const told = await ask("case", { no: this.no });
    this.now = told.now;
    this.list = h("ol", { class: "events", "data-testid": "events" });
    this.prepend(told.events);
    const quiet = !told.events.length && !told.before;
    const timeline = quiet ? null : h("section", { class: "timeline", "aria-label": t("timeline") }, h("h2", {}, t("timeline")), this.earlier(told.before), this.list);
    return [h("article", { class: "case", "data-testid": "case" }, h("div", { class: "about" }, this.head(told.case), this.facts(told.case), this.owed(told.case)), timeline)];
  }

  head(one) {
    const topic = one.url
      ? h("button", { type: "button", class: "primary", "data-testid": "to-topic", onclick: () => goTo(one.url) }, icon("topic"), t("to_topic"))
      : h("p", { class: "soft" }, t("no_topic"));
    return h(
      "header",
      { class: `case-head edge${one.severity}` },
      h("div", { class: "row-mid" }, severity(one.severity), h("span", { class: "no" }, one.no), h("span", {}, term(one.status, "status"))),
      h("h2", { "data-testid": "matter" }, matter(one)),
      h("p", { class: "soft" }, [t("case_opened", { time: dayAndTime(one.opened_at, this.now) }), one.closed_at ? t("case_closed", { time: dayAndTime(one.closed_at, this.now) }) : "", one.reopened ? t("reopened", { count: one.reopened }) : ""].filter(Boolean).join(" · ")),
      one.retired ? h("p", { class: "soft" }, t("retired")) : null,
      topic,
    );
  }

  facts(one) {
    const known = [
      ["customer", one.customer],
      ["phone", one.phone],
      ["product", one.product],
      ["order_no", one.order_no],
      ["holder", holder(one)],
      ["queue", upfirst(term(one.queue, "queue"))],
      ["verdict", one.verdict && upfirst(term(one.verdict, "verdict"))],
      ["emotion", one.emotion !== "calm" && upfirst(term(one.emotion, "emotion"))],
    ];
    return h("dl", { class: "facts" }, known.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, t(name)), h("dd", { dir: "auto" }, value))));
  }

  owed(one) {
    if (!one.owed.length) return null;
    const line = (owed) => h("li", {}, dueLine({ what: owed.what, group: "promise", at: owed.due, late: owed.late }, this.now));
    return h("section", { class: "still-owed" }, h("h2", {}, t("owed")), h("ul", {}, one.owed.map(line)));
  }

  earlier(before) {
    if (!before) return null;
    const load = async (button) => {
      const told = await this.house.tried(() => ask("case", { no: this.no, before }));
      if (!told) return button.remove();
      this.prepend(told.events);
      button.replaceWith(this.earlier(told.before) ?? "");
    };
    return moreButton(t("more_events"), load, "earlier");
  }

  // Lines before those that are shown; a day's name stands over its first one.
  prepend(events) {
    this.list.querySelector(".day-line")?.remove();
    const shown = [];
    let day = "";
    for (const event of events) {
      if (dayOf(event.at) !== day) {
        day = dayOf(event.at);
        shown.push(h("li", { class: "day-line" }, upfirst(dayName(day, this.now))));
      }
      shown.push(happened(event, this.now));
    }
    const next = this.list.querySelector("li");
    if (next && next.dataset.day !== day) shown.push(h("li", { class: "day-line" }, upfirst(dayName(next.dataset.day, this.now))));
    this.list.prepend(...shown);
  }
}
