// Telegram around the page: who opened it, its colours, its buttons. The protocol is that of
// core.telegram.org/api/web-events; spoken here directly, so that no script of others runs beside customers' data.

const handed = new URLSearchParams(location.hash.slice(1));
export const signed = handed.get("tgWebAppData") ?? "";
const told = new URLSearchParams(signed);
export const start = handed.get("tgWebAppStartParam") ?? told.get("start_param") ?? "";
const listeners = new Map();
const isFramed = window.parent !== window;

export function speaks() {
  let code = navigator.language;
  try {
    code = JSON.parse(told.get("user") ?? "{}").language_code ?? code;
  } catch {
    // who is named there is for the server to judge
  }
  return code.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function post(eventType, eventData = {}) {
  if (window.TelegramWebviewProxy !== undefined) window.TelegramWebviewProxy.postEvent(eventType, JSON.stringify(eventData));
  else if (window.external && "notify" in window.external) window.external.notify(JSON.stringify({ eventType, eventData }));
  else if (isFramed) window.parent.postMessage(JSON.stringify({ eventType, eventData }), "*");
  else return false;
  return true;
}

export function hear(eventType, work) {
  listeners.set(eventType, work);
}

function receive(eventType, eventData) {
  listeners.get(eventType)?.(eventData ?? {});
}

// Each of Telegram's apps calls one of these.
window.Telegram = { WebView: { receiveEvent: receive } };
window.TelegramGameProxy = { receiveEvent: receive };
window.TelegramGameProxy_receiveEvent = receive;
if (isFramed) {
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || typeof event.data !== "string") return;
    let said;
    try {
      said = JSON.parse(event.data);
    } catch {
      return;
    }
    if (said?.eventType === "reload_iframe") {
      post("iframe_will_reload");
      location.reload();
    } else if (said?.eventType) receive(said.eventType, said.eventData);
  });
}

const COLOUR = /^#[0-9a-f]{6}$/i;

function wear(colours) {
  for (const [name, value] of Object.entries(colours ?? {})) {
    if (COLOUR.test(value)) document.documentElement.style.setProperty(`--tg-${name.replaceAll("_", "-")}`, value);
  }
  const ground = colours?.bg_color;
  if (!COLOUR.test(ground ?? "")) return;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(ground.slice(at, at + 2), 16));
  document.documentElement.dataset.theme = red * 0.3 + green * 0.59 + blue * 0.11 < 128 ? "dark" : "light";
}

export function greet() {
  try {
    wear(JSON.parse(handed.get("tgWebAppThemeParams") ?? "{}"));
  } catch {
    // the page has colours of its own
  }
  hear("theme_changed", ({ theme_params }) => wear(theme_params));
  if (isFramed) post("iframe_ready", { reload_supported: true });
  post("web_app_ready");
  post("web_app_expand");
  post("web_app_set_header_color", { color_key: "secondary_bg_color" });
}

export function showBack(isVisible) {
  post("web_app_setup_back_button", { is_visible: isVisible });
}

export function leave() {
  post("web_app_close");
}

// Into the topic: Telegram itself opens it, a plain browser follows the link.
export function goTo(address) {
  const url = new URL(address);
  if (!post("web_app_open_tg_link", { path_full: url.pathname + url.search })) window.open(url, "_blank", "noopener");
}
