// A Mini App in its window, and what it may ask of Telegram; see core.telegram.org/api/web-events.

import { act } from "/api.js";
import { h, icon } from "/dom.js";
import { toast } from "/notices.js";
import { emit, world } from "/store.js";
import { t } from "/words.js";

const DARK = matchMedia("(prefers-color-scheme: dark)");
const LIGHT_COLOURS = {
  bg_color: "#ffffff", secondary_bg_color: "#f1f1f4", section_bg_color: "#ffffff", text_color: "#000000", hint_color: "#707579",
  subtitle_text_color: "#707579", link_color: "#2481cc", accent_text_color: "#2481cc", section_header_text_color: "#2481cc",
  button_color: "#2481cc", button_text_color: "#ffffff", header_bg_color: "#ffffff", section_separator_color: "#e4e4e8", destructive_text_color: "#d93025",
};
const DARK_COLOURS = {
  bg_color: "#17212b", secondary_bg_color: "#0f1720", section_bg_color: "#17212b", text_color: "#f5f5f5", hint_color: "#8b9cad",
  subtitle_text_color: "#8b9cad", link_color: "#6ab3f3", accent_text_color: "#6ab3f3", section_header_text_color: "#6ab3f3",
  button_color: "#5288c1", button_text_color: "#ffffff", header_bg_color: "#17212b", section_separator_color: "#101921", destructive_text_color: "#f0716b",
};
const colours = () => (DARK.matches ? DARK_COLOURS : LIGHT_COLOURS);

// What stands behind ?startapp= in a link to the bot's own Mini App; null for every other link.
export function startOf(address) {
  try {
    const url = new URL(address);
    const isOurs = url.host === "t.me" && url.pathname === `/${world.bot.username}`;
    return isOurs ? url.searchParams.get("startapp") : null;
  } catch {
    return null;
  }
}

export async function openApp(personId, start) {
  try {
    const opened = await act("open_mini_app", { person_id: personId, start_param: start });
    show(opened, start);
  } catch (error) {
    toast(error.message);
  }
}

function show({ url, data }, start) {
  const handed = { tgWebAppData: data, tgWebAppVersion: "8.0", tgWebAppPlatform: "weba", tgWebAppThemeParams: JSON.stringify(colours()) };
  if (start) handed.tgWebAppStartParam = start;
  const frame = h("iframe", { src: `${url}#${new URLSearchParams(handed)}`, title: world.bot.first_name ?? "", "data-testid": "app-frame" });
  const tell = (eventType, eventData = {}) => frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), new URL(url).origin);
  const back = h("button", { class: "tool-button", type: "button", hidden: true, "aria-label": t("app_back"), "data-testid": "app-back", onclick: () => tell("back_button_pressed") }, icon("back"));
  const close = h("button", { class: "tool-button", type: "button", "aria-label": t("app_close"), "data-testid": "app-close", onclick: () => dialog.close() }, icon("close"));
  const dialog = h("dialog", { class: "app-window", "aria-label": world.bot.first_name ?? "", "data-testid": "app" }, h("header", {}, back, h("strong", {}, world.bot.first_name ?? ""), close), frame);
  const asked = {
    web_app_close: () => dialog.close(),
    web_app_setup_back_button: ({ is_visible }) => { back.hidden = !is_visible; },
    web_app_request_theme: () => tell("theme_changed", { theme_params: colours() }),
    web_app_open_tg_link: ({ path_full }) => { dialog.close(); emit("go", path_full); },
  };
  const heard = (event) => {
    if (event.source !== frame.contentWindow || typeof event.data !== "string") return;
    const { eventType, eventData } = JSON.parse(event.data);
    asked[eventType]?.(eventData ?? {});
  };
  const themed = () => tell("theme_changed", { theme_params: colours() });
  addEventListener("message", heard);
  DARK.addEventListener("change", themed);
  dialog.addEventListener("close", () => {
    removeEventListener("message", heard);
    DARK.removeEventListener("change", themed);
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}
