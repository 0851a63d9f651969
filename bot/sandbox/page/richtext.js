// Text and entities to elements. Offsets are UTF-16 units, which is how JavaScript counts too.

import { h } from "/dom.js";
import { t } from "/words.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
};
const NUMBERS = /(\d+(?:-\d+)+)/;
const SAFE = /^(https?|tg|mailto|tel):/i;

export function richText(text, entities, onCommand) {
  const root = document.createDocumentFragment();
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(root, text, 0, text.length, sorted, onCommand);
  return root;
}

function fill(parent, text, start, end, entities, onCommand) {
  let at = start;
  while (entities.length && entities[0].offset < end) {
    const entity = entities.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    plain(parent, text.slice(at, from));
    const element = elementFor(entity, text.slice(from, to), onCommand);
    fill(element.inside ?? element, text, from, to, entities, onCommand);
    parent.append(element);
    at = to;
  }
  plain(parent, text.slice(at, end));
}

function plain(parent, words) {
  parent.append(...unbroken(words));
}

// Case numbers and telephone numbers stay on one line.
export function unbroken(words) {
  return words.split(NUMBERS).filter(Boolean).map((piece) => (NUMBERS.test(piece) ? h("span", { class: "number" }, piece) : piece));
}

function elementFor(entity, words, onCommand) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url);
    case "url":
      return link(words);
    case "email":
      return link(`mailto:${words}`);
    case "bot_command":
      return h("button", { class: "inline-command", type: "button", onclick: () => onCommand?.(words) });
    case "spoiler":
      return spoiler();
    case "blockquote":
      return h("blockquote");
    case "expandable_blockquote":
      return expandable();
    default:
      return h(TAGS[entity.type] ?? "span", { class: `mark-${entity.type}` });
  }
}

function link(address) {
  return SAFE.test(address)
    ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" })
    : h("span");
}

function spoiler() {
  const show = () => element.classList.add("shown");
  const element = h("span", { class: "spoiler", role: "button", tabindex: "0", onclick: show });
  element.addEventListener("keydown", (event) => event.key === "Enter" && show());
  return element;
}

function expandable() {
  const inside = h("span", { class: "folded" });
  const toggle = h("button", { class: "fold", type: "button", "aria-expanded": "false" }, t("show_more"));
  const quote = h("blockquote", { class: "expandable", "data-testid": "expandable" }, inside, toggle);
  toggle.addEventListener("click", () => {
    const isOpen = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(isOpen));
    toggle.textContent = t(isOpen ? "show_less" : "show_more");
  });
  quote.inside = inside;
  return quote;
}
