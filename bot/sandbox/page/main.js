// The page of `complaint-bot try`: a customer's phone beside the agents' desk, live.
//
// data-testid attributes for tests that drive a browser:
//   phone, desk                       the two screens;  tab-phone, tab-desk  their tabs on a narrow screen
//   phone-input, desk-input           where to write;   phone-send, desk-send  (Enter does it too)
//   phone-messages, desk-messages     the lists;        message (data-message-id, data-from="bot"|id), bubble, words
//   inline-button (data-callback)     a button under a message;   reply-key  a key of the bot's keyboard
//   reply-button, edit-button, delete-button, react-button (data-emoji)   on a bubble (on a phone: tap it first);   reaction, ticks, service, expandable
//   photo, document, voice, video, contact, location       what a bubble shows
//   phone-attach, desk-attach         the menu with phone-attach-photo, -document, -voice, -contact, -location
//   phone-photo-file, phone-document-file, desk-…          the file inputs behind it
//   phone-commands, command-<name>    the command menu
//   customer (data-person-id), new-customer, new-customer-name, new-customer-language, new-customer-add
//   phone-menu, block, unblock, bot-name, bot-status ("typing…")
//   topics, topic (data-thread-id or "general"), unread, topic-title, topic-back, close-topic
//   agent-select, speaker, wanted     who sits at the desk, name and rights; who else is called for
//   groups, group (data-chat-id)      the desk's groups, where there are several
//   toast, alert                      answers to pressed buttons
//   hint, hint-close, language        the steps for first-time visitors, the language switch
//   step-say, step-topic, step-answer (data-done)          its steps;   sample  a line to try, before the first word
//   phone-typing                      the dots while the bot writes

import { Desk } from "/desk.js";
import { h } from "/dom.js";
import { hintLine } from "/hint.js";
import { Phone } from "/phone.js";
import { emit, follow, loadChat, loadState, on } from "/store.js";
import { loadWords, switchLanguage, t } from "/words.js";

function topBar(bar) {
  return h(
    "header",
    { class: "top" },
    h("img", { src: "/icon.svg", alt: "", class: "logo" }),
    h("div", { class: "titles" }, h("h1", {}, t("title")), h("p", {}, t("subtitle"))),
    bar,
    h("button", { class: "quiet", type: "button", "data-testid": "language", onclick: switchLanguage }, t("language_switch")),
  );
}

function tabs(desk) {
  const badge = h("span", { class: "badge", hidden: true });
  const make = (name, extra) => h("button", { role: "tab", type: "button", id: `tab-${name}`, "aria-controls": `screen-${name}`, "data-testid": `tab-${name}`, onclick: () => show(name) }, t(`tab_${name}`), extra);
  const buttons = { phone: make("phone"), desk: make("desk", badge) };
  const show = (name) => {
    document.body.dataset.tab = name;
    for (const [key, button] of Object.entries(buttons)) button.setAttribute("aria-selected", String(key === name));
    if (name === "desk") desk.shown();
    showBadge();
    emit("shown");
  };
  const showBadge = () => {
    const count = desk.total();
    badge.hidden = !count || document.body.dataset.tab === "desk";
    badge.textContent = String(count);
  };
  on("state", showBadge);
  on("message", showBadge);
  const bar = h("div", { class: "tabs", role: "tablist" }, buttons.phone, buttons.desk);
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const next = document.body.dataset.tab === "phone" ? "desk" : "phone";
    show(next);
    buttons[next].focus();
  });
  show("phone");
  return bar;
}

function lineState() {
  const note = h("div", { class: "offline", role: "status", hidden: true }, t("offline"));
  on("line", (isOpen) => { note.hidden = isOpen; });
  return note;
}

async function start() {
  await loadWords();
  await follow();
  await loadState();
  const phone = new Phone();
  const desk = new Desk();
  const screens = h("main", { class: "screens" }, phone.element, desk.element);
  document.getElementById("app").append(...[topBar(tabs(desk)), hintLine(), lineState(), screens].filter(Boolean));
  const loaded = Promise.all([phone.current ? loadChat(phone.current) : null, desk.load()]);
  phone.refresh();
  desk.refresh();
  await loaded;
  document.body.dataset.ready = "true";
}

start();
