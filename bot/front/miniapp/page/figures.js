// The last days in a few figures, each with its n, and three small pictures.

import { ask } from "./api.js";
import { byDay, parts, ranking } from "./charts.js";
import { h } from "./dom.js";
import { chips } from "./parts.js";
import { money, number, span, t, term, upfirst } from "./words.js";

const SPANS = [7, 30];
const WRITTEN = {
  seconds: span,
  share: (value) => `${Math.round(value * 100)}%`,
  percent: (value) => `${Math.round(value)}%`,
  cents: money,
};

export class Figures {
  name = "figures";
  days = SPANS[0];

  constructor(house) {
    this.house = house;
  }

  async draw() {
    const told = await ask("figures", { days: this.days });
    this.now = told.now;
    const items = SPANS.map((days) => ({ value: days, words: t("last_days", { count: days }) }));
    const choose = (days) => {
      this.days = days;
      this.house.again();
    };
    return [
      chips(t("tab_figures"), items, this.days, choose),
      h("div", { class: "tiles" }, told.figures.map(tile)),
      h(
        "div",
        { class: "charts" },
        panel("chart_days", byDay(told.by_day), true),
        panel("chart_categories", ranking(told.categories.map((one) => ({ ...one, words: upfirst(term(one.name, "category")) })))),
        panel("chart_promises", parts(told.promises.map((one) => ({ ...one, words: t(`fate_${one.name}`) })))),
      ),
    ];
  }
}

function panel(title, picture, isWide = false) {
  return h("section", { class: `panel ${isWide ? "wide" : ""}`, "data-testid": title }, h("h2", {}, t(title)), picture ?? h("p", { class: "soft" }, t("none")));
}

const written = (one, value) => (value === null || value === undefined ? null : (WRITTEN[one.unit] ?? number)(value));

function tile(one) {
  const value = written(one, one.value);
  const before = written(one, one.before);
  const isPlain = one.unit === "count";
  return h(
    "section",
    { class: "tile", "data-testid": `figure-${one.name}` },
    h("h2", {}, t(`figure_${one.name}`)),
    value === null ? h("p", { class: "value none" }, t(one.few && one.n ? "few" : "none")) : h("p", { class: "value" }, value),
    h("p", { class: "soft" }, [isPlain || !one.n ? "" : t("n", { count: number(one.n) }), before === null ? "" : t("before", { value: before })].filter(Boolean).join(" · ")),
  );
}
