// The supervisor's page: it only reads. Whatever is to be done is done in the topic, one tap away.
//
// data-testid attributes: tab-board, tab-promises, tab-figures; chip-<kind>, column (data-queue), case-row (data-no), more;
// day-<day>, day (data-day), promise-row; figure-<name>, chart_…; case, matter, events, event (data-kind, data-who), said,
// to-topic, earlier; find, find-go, reload, back; refused (data-reason), again, empty.

import { ask, Refused } from "./api.js";
import { Board } from "./board.js";
import { Case } from "./case.js";
import { h, icon } from "./dom.js";
import { Figures } from "./figures.js";
import { Promises } from "./promises.js";
import { greet, hear, leave, showBack, speaks, start } from "./telegram.js";
import { clock, learn, settle, t, term } from "./words.js";

const FRESH = 60_000;
const FINAL = new Set(["unsigned", "expired", "not_member", "no_right"]);

class House {
  constructor(me) {
    this.me = me;
    this.tabs = { board: new Board(this), promises: new Promises(this), figures: new Figures(this) };
    this.main = h("main", { tabindex: "-1" });
    this.when = h("span", { class: "soft", "data-testid": "as-of" });
    this.back = h("button", { type: "button", class: "tool", hidden: true, "aria-label": t("back"), "data-testid": "back", onclick: () => history.back() }, icon("back"));
    this.bar = h("nav", { class: "tabs" }, Object.keys(this.tabs).map((name) => this.tab(name)));
    this.note = h("div", { class: "toast", role: "status" });
    document.getElementById("page").replaceChildren(this.head(), this.bar, this.main, this.note);
    addEventListener("popstate", (event) => this.show(event.state ?? { tab: "board" }));
    hear("back_button_pressed", () => history.back());
    setInterval(() => this.freshen(), FRESH);
  }

  head() {
    const number = h("input", { name: "no", inputmode: "numeric", maxlength: "9", placeholder: t("find"), "aria-label": t("find"), autocomplete: "off", "data-testid": "find" });
    const find = h("form", { class: "find" }, number, h("button", { class: "tool", "aria-label": t("find_go"), "data-testid": "find-go" }, icon("find")));
    find.addEventListener("submit", (event) => {
      event.preventDefault();
      const no = number.value.trim();
      number.value = "";
      number.blur();
      if (no) this.open(no);
    });
    const who = t("signed_as", { name: this.me.name, role: term(this.me.role, "role") });
    const reload = h("button", { type: "button", class: "tool", "aria-label": t("reload"), "data-testid": "reload", onclick: () => this.again() }, icon("reload"));
    return h("header", { class: "top" }, this.back, h("div", { class: "titles" }, h("h1", {}, this.me.brand), h("small", {}, this.when, h("span", { class: "who", title: who }, this.me.name, h("span", { class: "role" }, ` · ${term(this.me.role, "role")}`)))), find, reload);
  }

  tab(name) {
    return h("button", { type: "button", "data-testid": `tab-${name}`, "data-tab": name, onclick: () => this.go({ tab: name }) }, icon(name), h("span", {}, t(`tab_${name}`)));
  }

  open(no) {
    this.go({ tab: this.view?.tab ?? "board", no });
  }

  go(view) {
    history.pushState(view, "");
    this.show(view);
  }

  async show(view) {
    this.view = view;
    const shown = view.no ? new Case(this, view.no) : this.tabs[view.tab];
    for (const tab of this.bar.children) tab.setAttribute("aria-current", tab.dataset.tab === view.tab ? "page" : "false");
    this.back.hidden = !view.no;
    showBack(Boolean(view.no));
    await this.draw(shown);
    scrollTo(0, 0);
    this.main.focus({ preventScroll: true });
  }

  // The newest wish counts: what an earlier one brings late is not shown.
  async draw(shown) {
    this.shown = shown;
    this.main.setAttribute("aria-busy", "true");
    let content;
    try {
      content = await shown.draw();
    } catch (error) {
      content = [this.refusal(error)];
    }
    if (this.shown !== shown) return;
    this.main.replaceChildren(...content.filter(Boolean));
    this.main.dataset.view = document.body.dataset.view = shown.name;
    this.main.removeAttribute("aria-busy");
    this.when.textContent = shown.now ? t("as_of", { time: clock(shown.now) }) : "";
  }

  again() {
    return this.draw(this.shown);
  }

  freshen() {
    const isList = this.shown === this.tabs.board || this.shown === this.tabs.promises;
    if (document.visibilityState === "visible" && isList && !this.shown.grown && scrollY < 40) this.again();
  }

  async tried(work) {
    try {
      return await work();
    } catch (error) {
      this.note.textContent = t(`refused_${reasonOf(error)}`);
      setTimeout(() => { this.note.textContent = ""; }, 4000);
      return null;
    }
  }

  refusal(error) {
    return refused(reasonOf(error), () => this.again());
  }
}

function reasonOf(error) {
  if (!(error instanceof Refused)) throw error;
  return error.reason;
}

function refused(reason, again) {
  const act = FINAL.has(reason) ? [t("close"), leave] : [t("again"), again];
  return h(
    "section",
    { class: "refused", role: "alert", "data-testid": "refused", "data-reason": reason },
    h("p", {}, t(`refused_${reason}`)),
    h("button", { type: "button", class: "primary", "data-testid": "again", onclick: act[1] }, act[0]),
  );
}

// Where the link leads: t.me/<bot>?startapp=board, promises, figures or c5832716.
function wanted() {
  const no = /^c(\d{7})$/.exec(start)?.[1];
  if (no) return { tab: "board", no };
  return { tab: ["promises", "figures"].includes(start) ? start : "board" };
}

async function begin() {
  greet();
  await learn(speaks());
  try {
    const me = await ask("me");
    settle(me);
    if (me.lang !== speaks()) await learn(me.lang);
    const house = new House(me);
    const first = wanted();
    if (first.no) {
      history.replaceState({ tab: "board" }, "");
      house.go(first);
    } else {
      history.replaceState(first, "");
      house.show(first);
    }
  } catch (error) {
    document.getElementById("page").replaceChildren(refused(reasonOf(error), () => location.reload()));
  }
}

begin();
