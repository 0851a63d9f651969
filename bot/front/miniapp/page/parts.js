// What several views show alike.

import { h } from "./dom.js";
import { dayAndTime, since, t, term, upfirst } from "./words.js";

export const what = (due) => term(due.what, due.group, "promise", "remedy");

export function severity(level) {
  return h("span", { class: `severity sev${level}` }, upfirst(term(`sev${level}`, "severity")));
}

export function matter(row) {
  return row.matter || (row.category !== "none" ? upfirst(term(row.category, "category")) : t("untold"));
}

export function holder(row) {
  if (row.holder) return h("span", { class: "holder" }, row.holder);
  const words = row.control === "bot" ? t("with_bot") : t("nobody");
  return h("span", { class: `holder ${row.control === "bot" ? "" : "nobody"}` }, words);
}

export function dueLine(due, now) {
  if (!due) return h("span", { class: "soft" }, t("nothing_due"));
  const words = due.late ? t("due_late", { what: what(due), span: since(due.at, now) }) : t("due_at", { what: what(due), time: dayAndTime(due.at, now) });
  return h("span", { class: `due ${due.late ? "late" : ""}` }, upfirst(words));
}

export function empty(words) {
  return h("p", { class: "empty", "data-testid": "empty" }, words);
}

export function moreButton(words, load, testid = "more") {
  const button = h("button", { type: "button", class: "more", "data-testid": testid }, words);
  button.addEventListener("click", async () => {
    button.disabled = true;
    button.textContent = t("loading");
    await load(button);
  });
  return button;
}

export function chips(label, items, chosen, choose) {
  return h(
    "div",
    { class: "chips", role: "group", "aria-label": label },
    items.map((one) =>
      h(
        "button",
        { type: "button", class: `chip ${one.alarm && one.count ? "alarm" : ""}`, "aria-pressed": String(one.value === chosen), "data-testid": `chip-${one.value || "all"}`, onclick: () => choose(one.value) },
        one.words,
        one.count === undefined ? null : h("b", {}, String(one.count)),
      ),
    ),
  );
}
