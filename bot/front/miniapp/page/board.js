// Open cases by queue, the gravest first.

import { ask } from "./api.js";
import { h } from "./dom.js";
import { chips, dueLine, empty, holder, matter, moreButton, severity } from "./parts.js";
import { age, t, term, upfirst } from "./words.js";

const KINDS = ["all", "late", "waiting", "grave", "mine"];

export class Board {
  name = "board";
  show = "all";

  // house.open(no) leads to a case, house.again() draws the view anew
  constructor(house) {
    this.house = house;
  }

  async draw() {
    const told = await ask("board", { show: this.show });
    this.now = told.now;
    this.grown = false;
    const items = KINDS.map((kind) => ({ value: kind, words: t(`show_${kind}`), count: told.totals[kind], alarm: kind === "late" }));
    const columns = told.columns.map((one) => this.column(one));
    return [
      chips(t("tab_board"), items, this.show, (kind) => this.choose(kind)),
      columns.length ? h("div", { class: `columns of-${Math.min(columns.length, 4)}` }, columns) : empty(t("empty_board")),
    ];
  }

  choose(kind) {
    this.show = kind;
    this.house.again();
  }

  column(column) {
    const list = h("ul", { class: "rows" }, column.rows.map((row) => this.row(row)));
    const head = h("h2", {}, upfirst(term(column.queue, "queue")), h("b", {}, String(column.total)));
    const section = h("section", { class: "column", "data-testid": "column", "data-queue": column.queue }, head, list);
    this.offerMore(section, list, column);
    return section;
  }

  offerMore(section, list, column) {
    const left = column.total - column.next;
    if (left <= 0 || !column.rows.length) return;
    const load = async (button) => {
      const told = await this.house.tried(() => ask("board", { show: this.show, queue: column.queue, offset: column.next }));
      button.remove();
      const next = told?.columns[0];
      if (!next) return;
      this.grown = true;
      list.append(...next.rows.map((row) => this.row(row)));
      this.offerMore(section, list, next);
    };
    section.append(moreButton(t("more", { count: left }), load));
  }

  row(row) {
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: `row edge${row.severity}`, "data-testid": "case-row", "data-no": row.no, onclick: () => this.house.open(row.no) },
        h("span", { class: "row-top" }, severity(row.severity), h("strong", {}, matter(row))),
        h("span", { class: "row-mid" }, h("span", { class: "no" }, row.no), h("span", {}, term(row.status, "status")), h("span", {}, age(row.opened_at, this.now))),
        h("span", { class: "row-end" }, dueLine(row.due, this.now), holder(row)),
      ),
    );
  }
}
