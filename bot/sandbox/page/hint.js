// The three steps for somebody who is here for the first time; each is ticked off when it has happened.

import { h, icon } from "/dom.js";
import { on, world } from "/store.js";
import { t } from "/words.js";

const LEAVES_AFTER = 5000;

const STEPS = [
  ["say", () => [...world.people.values()].some((one) => one.role === "customer" && one.started)],
  ["topic", () => world.desks.some((one) => one.topics.length)],
  ["answer", () => answered],
];
let answered = false;

export function hintLine() {
  if (localStorage.getItem("hint") === "seen") return null;
  const steps = h("ol", { class: "steps" });
  const close = h("button", { class: "quiet", type: "button", "data-testid": "hint-close", "aria-label": t("hint_close"), title: t("hint_close") }, icon("close"));
  const line = h("div", { class: "hint", role: "note", "data-testid": "hint" }, steps, close);
  const leave = () => {
    localStorage.setItem("hint", "seen");
    line.remove();
  };
  close.addEventListener("click", leave);
  const draw = () => {
    const marks = STEPS.map(([, isDone]) => isDone());
    const now = marks.indexOf(false);
    const shown = now < 0 ? STEPS.length - 1 : now;
    steps.replaceChildren(...STEPS.map(([name], at) => step(name, at, marks[at], at === shown)));
    if (now >= 0 || line.classList.contains("leaving")) return;
    setTimeout(() => line.classList.add("leaving"), LEAVES_AFTER - 600);
    setTimeout(leave, LEAVES_AFTER);
  };
  on("state", draw);
  on("message", (message) => {
    answered ||= isAnswer(message);
    draw();
  });
  draw();
  return line;
}

function isAnswer(message) {
  const isInTopic = world.groups.has(message.chat_id) && message.thread_id !== null;
  return isInTopic && !message.from.is_bot && !message.service && !message.text.startsWith("//");
}

function step(name, at, isDone, isNow) {
  const key = matchMedia("(max-width: 899px)").matches ? `step_${name}_narrow` : `step_${name}`;
  return h(
    "li",
    { class: `step ${isDone ? "done" : ""} ${isNow ? "now" : ""}`, "data-testid": `step-${name}`, "data-done": String(isDone), "aria-current": isNow ? "step" : null },
    h("span", { class: "step-mark", "aria-hidden": "true" }, isDone ? "✓" : String(at + 1)),
    h("span", {}, t(key)),
  );
}
