// The page's words, and how times, spans and money are written.

let table = {};
let zone = "Asia/Shanghai";
let currency = "CNY";
let lang = "zh";

export async function learn(language) {
  const answer = await fetch(`words/${language}.json`);
  table = await answer.json();
  lang = table.lang;
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = t("title");
}

export function settle(me) {
  zone = me.zone;
  currency = me.currency;
}

export function t(key, values = {}) {
  return String(table.miniapp?.[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// The word for a value: the first of these groups that has it.
export function term(value, ...groups) {
  for (const group of groups) {
    const found = table[group]?.[value];
    if (found !== undefined) return Array.isArray(found) ? found[0] : String(found);
  }
  return String(value);
}

export const upfirst = (words) => words.charAt(0).toUpperCase() + words.slice(1);

const locale = () => (lang === "zh" ? "zh-CN" : "en-GB");
const format = (moment, options) => new Intl.DateTimeFormat(locale(), { timeZone: zone, ...options }).format(new Date(moment));
// A day as the brand's calendar has it, 2026-07-01.
export const dayOf = (moment) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date(moment));
export const clock = (moment) => format(moment, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function daysApart(first, second) {
  return Math.round((Date.parse(first) - Date.parse(second)) / 86_400_000);
}

export function dayName(day, now) {
  const ahead = daysApart(day, dayOf(now));
  if (ahead === 0) return t("today");
  if (ahead === 1) return t("tomorrow");
  return new Intl.DateTimeFormat(locale(), { timeZone: "UTC", month: "short", day: "numeric", weekday: "short" }).format(new Date(day));
}

export const weekday = (day) => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", weekday: "short" }).format(new Date(day));
export const dayNumber = (day) => Number(day.slice(8));
export const shortDay = (day) => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", month: "numeric", day: "numeric" }).format(new Date(day));

export function dayAndTime(moment, now) {
  const day = dayOf(moment);
  const gap = lang === "zh" && Math.abs(daysApart(day, dayOf(now))) > 1 ? " " : lang === "zh" ? "" : ", ";
  return `${dayName(day, now)}${gap}${clock(moment)}`;
}

export function span(seconds) {
  const minutes = Math.floor(Math.max(0, seconds) / 60);
  if (minutes < 1) return t("just_now");
  if (minutes < 60) return t("minutes", { count: minutes });
  if (minutes < 2880) return t("hours", { count: Math.floor(minutes / 60) });
  return t("days", { count: Math.floor(minutes / 1440) });
}

export const since = (moment, now) => span((Date.parse(now) - Date.parse(moment)) / 1000);
export const age = (moment, now) => (Date.parse(now) - Date.parse(moment) < 60_000 ? t("age_new") : t("age", { span: since(moment, now) }));
export const number = (value) => new Intl.NumberFormat(locale()).format(value);

export function money(cents) {
  const whole = cents % 100 === 0;
  return new Intl.NumberFormat(locale(), { style: "currency", currency, currencyDisplay: "narrowSymbol", minimumFractionDigits: whole ? 0 : 2, maximumFractionDigits: whole ? 0 : 2 }).format(cents / 100);
}
