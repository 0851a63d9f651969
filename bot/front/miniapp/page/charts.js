// Small pictures as SVG; their colours are those of the page.

import { h, s } from "./dom.js";
import { number, shortDay, t } from "./words.js";

const NARROW = matchMedia("(max-width: 759px)");
const FOOT = 24;
const LEFT = 30;

// Two bars for each day: what was opened, what was closed.
export function byDay(days) {
  const most = Math.max(...days.flatMap((one) => [one.opened, one.closed]));
  if (!most) return null;
  const top = nice(most);
  const [width, height] = NARROW.matches ? [340, 190] : [720, 262];
  const step = (width - LEFT) / days.length;
  const thick = Math.min(18, step * 0.36);
  const y = (count) => 8 + (height - FOOT - 8) * (1 - count / top);
  const bar = (count, at, kind) => s("rect", { class: kind, x: at, y: y(count), width: thick, height: height - FOOT - y(count), rx: Math.min(3, thick / 3) });
  const every = Math.ceil(days.length / (NARROW.matches ? 7 : 10));
  const columns = days.map((one, place) => {
    const middle = LEFT + step * (place + 0.5);
    const title = `${shortDay(one.day)} · ${t("chart_opened")} ${one.opened} · ${t("chart_closed")} ${one.closed}`;
    const label = place % every === 0 ? s("text", { x: middle, y: height - 6, "text-anchor": "middle" }, shortDay(one.day)) : null;
    return s("g", {}, s("title", {}, title), s("rect", { class: "hit", x: middle - step / 2, y: 0, width: step, height: height - FOOT }), bar(one.opened, middle - thick - 1, "first"), bar(one.closed, middle + 1, "second"), label);
  });
  const lines = [0, top / 2, top].map((count) => s("g", {}, s("line", { x1: LEFT, x2: width, y1: y(count), y2: y(count) }), s("text", { x: LEFT - 6, y: y(count) + 4, "text-anchor": "end" }, number(count))));
  const total = (kind) => days.reduce((sum, one) => sum + one[kind], 0);
  const label = `${t("chart_opened")} ${total("opened")}, ${t("chart_closed")} ${total("closed")}`;
  const picture = s("svg", { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "aria-label": label }, lines, columns);
  return h("div", {}, picture, legend([["first", t("chart_opened")], ["second", t("chart_closed")]]));
}

// An even number just above, so that the middle line is a whole one.
function nice(most) {
  const size = 10 ** Math.floor(Math.log10(Math.max(most, 2)));
  return [1, 2, 4, 6, 8, 10].map((one) => one * size).find((one) => one >= most && one % 2 === 0) ?? 2 * Math.ceil(most / 2);
}

export function ranking(rows) {
  if (!rows.length) return null;
  const most = Math.max(...rows.map((one) => one.cases));
  return h(
    "ul",
    { class: "ranking" },
    rows.map((one) => h("li", {}, h("span", {}, one.words), h("b", {}, number(one.cases)), meter(one.cases / most, one.vital ? "first" : "faint"))),
  );
}

function meter(share, kind) {
  return s("svg", { class: "meter", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" }, s("rect", { class: "rail", width: 100, height: 6 }), s("rect", { class: kind, width: Math.max(1, share * 100), height: 6 }));
}

export function parts(rows) {
  const total = rows.reduce((sum, one) => sum + one.count, 0);
  if (!total) return null;
  let at = 0;
  const pieces = rows
    .filter((one) => one.count)
    .map((one) => {
      const width = (one.count / total) * 100;
      const piece = s("rect", { class: `fate-${one.name}`, x: at, width: Math.max(0.4, width - 0.4), height: 10 }, s("title", {}, `${one.words} ${one.count}`));
      at += width;
      return piece;
    });
  const label = rows.map((one) => `${one.words} ${one.count}`).join(", ");
  return h(
    "div",
    {},
    s("svg", { class: "parts", viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": label }, pieces),
    legend(rows.map((one) => [`fate-${one.name}`, `${one.words} ${number(one.count)}`])),
  );
}

function legend(items) {
  return h("ul", { class: "legend" }, items.map(([kind, words]) => h("li", {}, s("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, s("rect", { class: kind, width: 10, height: 10, rx: 3 })), words)));
}
