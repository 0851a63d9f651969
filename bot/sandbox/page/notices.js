// Short messages over a screen (toasts) and windows that want an answer (dialogs).

import { h } from "/dom.js";
import { t } from "/words.js";

export function toast(words, host = document.body) {
  const note = h("div", { class: "toast", role: "status", "data-testid": "toast" }, words);
  host.querySelector(".toast")?.remove();
  host.append(note);
  // Long words stay longer: nobody reads ten a second.
  const span = Math.min(4000 + words.length * 45, 8000);
  setTimeout(() => note.classList.add("leaving"), span);
  setTimeout(() => note.remove(), span + 400);
}

export function alertBox(words) {
  const dialog = h(
    "dialog",
    { class: "box", "data-testid": "alert", "aria-label": words },
    h("p", {}, words),
    h("form", { method: "dialog", class: "box-actions" }, h("button", { class: "primary" }, t("ok"))),
  );
  open(dialog);
}

export function newCustomerBox(suggestion, language, onAdd) {
  const name = h("input", { id: "new-name", value: suggestion, maxlength: "40", required: true, "data-testid": "new-customer-name" });
  const speaks = h(
    "select",
    { id: "new-language", "data-testid": "new-customer-language" },
    h("option", { value: "zh-hans" }, t("lang_zh")),
    h("option", { value: "en" }, t("lang_en")),
  );
  speaks.value = language === "zh" ? "zh-hans" : "en";
  const dialog = h(
    "dialog",
    { class: "box", "aria-label": t("new_customer_title") },
    h(
      "form",
      { method: "dialog", onsubmit: () => onAdd(name.value.trim() || suggestion, speaks.value) },
      h("h2", {}, t("new_customer_title")),
      h("label", { for: "new-name" }, t("name")),
      name,
      h("label", { for: "new-language" }, t("speaks")),
      speaks,
      h(
        "div",
        { class: "box-actions" },
        h("button", { type: "button", onclick: () => dialog.close() }, t("cancel")),
        h("button", { class: "primary", "data-testid": "new-customer-add" }, t("add")),
      ),
    ),
  );
  open(dialog);
  name.select();
}

function open(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// A small menu that hangs on a button; closes by Escape, by a click elsewhere, and after a choice.
// `takesKeys` false: it only offers, and the keyboard stays where one writes. Returns how to close it.
export function menuOn(button, items, takesKeys = true) {
  document.querySelector(".menu")?.remove();
  const close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    button.setAttribute("aria-expanded", "false");
  };
  const outside = (event) => !menu.contains(event.target) && !button.contains(event.target) && close();
  const choose = (work) => () => {
    close();
    button.focus();
    work();
  };
  const menu = h(
    "div",
    { class: "menu", role: "menu" },
    items.map((item) =>
      h(
        "button",
        { role: "menuitem", type: "button", class: "menu-item", "data-testid": item.testid, onclick: choose(item.work) },
        item.icon ?? "",
        h("span", {}, item.label),
        item.note ? h("small", {}, item.note) : "",
      ),
    ),
  );
  menu.addEventListener("keydown", (event) => moveInMenu(event, menu, () => { close(); button.focus(); }));
  button.after(menu);
  button.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  if (takesKeys) menu.querySelector("button")?.focus();
  return close;
}

function moveInMenu(event, menu, close) {
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  if (event.key === "Escape") close();
  else if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
  else if (event.key === "ArrowUp") items[(at - 1 + items.length) % items.length].focus();
  else return;
  event.preventDefault();
}
