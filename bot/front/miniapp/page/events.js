// One thing that happened in a case: words as a bubble, everything else as a line.

import { h } from "./dom.js";
import { clock, dayAndTime, dayOf, money, t, term, upfirst } from "./words.js";

const remedies = (one) => one.remedies.map((kind) => term(kind, "remedy")).join(" + ") + (one.cents ? ` ${money(one.cents)}` : "");
const TOLD = {
  offer: (one) => [t("event_offer", { what: remedies(one) }), [one.by === "bot" ? term("bot", "who") : one.by, term(one.state, "offer_state")].filter(Boolean).join(" · ")],
  promise: (one, now) => [t("event_promise", { what: term(one.what, "promise", "remedy"), time: dayAndTime(one.due, now) }), ""],
  promise_end: (one) => [t("event_promise_end", { what: term(one.what, "promise", "remedy"), state: term(one.state, "promise_status") }), ""],
  agreement: () => [t("event_agreement"), ""],
  done: (one) => [t("event_done", { what: remedies(one) }), one.proof && t("proof", { proof: one.proof })],
  verdict: (one) => [t("event_verdict", { verdict: term(one.verdict, "verdict") }), [one.by, one.finding].filter(Boolean).join(" · ")],
  closed: (one) => [t("event_closed", { state: term(one.state, "status") }), ""],
  deed: (one) => [`${one.by} ${t(`deed_${one.act}`)}${target(one)}`, one.why],
};
const TARGETS = {
  transfer: (changed) => changed.holder || (changed.queue && term(changed.queue, "queue")),
  assign: (changed) => changed.holder,
  severity: (changed) => changed.severity && term(changed.severity.toLowerCase(), "severity"),
  cause: (changed) => changed.cause && term(changed.cause, "cause"),
};
const TONES = { offer: "good", agreement: "good", done: "good", verdict: "mark", promise: "mark", promise_end: "", closed: "mark", deed: "" };

const target = (one) => (TARGETS[one.act]?.(one.changed) ? ` ${TARGETS[one.act](one.changed)}` : "");

export function happened(event, now) {
  return event.kind === "words" ? bubble(event) : line(event, now);
}

function line(event, now) {
  const [words, small] = TOLD[event.kind](event, now);
  const isBad = event.kind === "promise_end" && !["kept", "renegotiated", "withdrawn"].includes(event.state);
  return h(
    "li",
    { class: `line ${isBad ? "bad" : TONES[event.kind]}`, "data-testid": "event", "data-kind": event.kind, "data-day": dayOf(event.at) },
    h("span", { dir: "auto" }, upfirst(words)),
    small ? h("small", { dir: "auto" }, small) : null,
    h("time", { datetime: event.at }, clock(event.at)),
  );
}

function bubble(event) {
  const name = event.who === "agent" ? event.by || term("agent", "who") : upfirst(term(event.who, "who"));
  const marks = [event.note && t("note"), event.edited && t("edited"), event.lost && t("lost")].filter(Boolean).join(" · ");
  return h(
    "li",
    { class: `words ${event.who} ${event.note ? "note" : ""} ${event.lost ? "lost" : ""}`, "data-testid": "event", "data-kind": "words", "data-who": event.who, "data-day": dayOf(event.at) },
    h(
      "div",
      { class: "bubble" },
      h("div", { class: "speaker" }, name),
      media(event),
      event.text ? h("div", { class: "said", dir: "auto", "data-testid": "said" }, event.text) : null,
      h("div", { class: "foot" }, marks ? h("span", {}, marks) : null, h("time", { datetime: event.at }, clock(event.at))),
    ),
  );
}

function media(event) {
  if (!event.media || event.media === "taken_back") return null;
  if (event.media === "reaction") return h("div", { class: "media" }, t("event_reaction", { emoji: event.detail }));
  const key = `media_${event.media}`;
  return h("div", { class: "media" }, t(key) === key ? t("media_other") : t(key));
}
