// The page's words in the chosen language; the choice lives in ?lang= and is remembered.

let table = {};
export let lang = "zh";

export async function loadWords() {
  const all = await (await fetch("/words.json")).json();
  const asked = new URLSearchParams(location.search).get("lang") || localStorage.getItem("lang") || navigator.language;
  lang = asked.toLowerCase().startsWith("en") || !asked.toLowerCase().startsWith("zh") ? "en" : "zh";
  table = all[lang];
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = table.title;
}

export function t(key, values = {}) {
  const words = table[key];
  if (typeof words !== "string") return words ?? key;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function switchLanguage() {
  const other = lang === "zh" ? "en" : "zh";
  localStorage.setItem("lang", other);
  const address = new URL(location.href);
  address.searchParams.set("lang", other);
  location.assign(address);
}
