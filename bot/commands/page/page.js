/* The page: tiles, alerts, and a card for each section. */

const drawn = [];
const FIRST = 4;

function draw(host, table, make) {
  const said = () => make(table, look());
  const first = said();
  if (!first) return false;
  host.style.height = `${first.height}px`;
  host.dataset.testid = `chart-${table.key}`;
  host.setAttribute("role", "img");
  host.setAttribute("aria-label", table.title);
  const chart = echarts.init(host);
  chart.setOption(first.option);
  drawn.push({ chart, host, said });
  return true;
}

function folded(table, open) {
  const made = el("details", "numbers", el("summary", "", words.show_table), tableOf(table));
  made.open = open;
  return made;
}

function block(table, section) {
  const made = el("article", "block", table.title === section.title ? "" : el("h3", "", table.title));
  made.dataset.testid = `table-${table.key}`;
  const chart = CHARTS[table.key];
  const host = el("div", "chart");
  made.append(host);
  /* A chart needs its place to be laid out first. */
  made.begin = () => {
    if (chart && table.rows.length > 1 && draw(host, table, chart)) made.append(folded(table, false));
    else if (chart === fates && draw(host, table, chart)) made.append(folded(table, false));
    else { host.remove(); made.append(tableOf(table)); }
  };
  return made;
}

/* One place for all that is sorted: by what, and by which weight. */
function paretoBlock(tables) {
  const made = el("article", "block wide");
  made.dataset.testid = "pareto";
  const tabs = el("div", "tabs"), host = el("div", "chart"), under = el("div", "");
  let chosen = tables[0];
  const show = () => {
    for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(tab.table === chosen));
    echarts.dispose(host);
    const place = drawn.findIndex((one) => one.host === host);
    if (place >= 0) drawn.splice(place, 1);
    draw(host, chosen, pareto);
    under.replaceChildren(el("p", "hint", words.vital_note), folded(chosen, false));
  };
  for (const table of tables) {
    const tab = el("button", "", table.title);
    tab.type = "button";
    tab.table = table;
    tab.addEventListener("click", () => { chosen = table; show(); });
    tabs.append(tab);
  }
  made.append(tabs, host, under);
  made.begin = show;
  return made;
}

function card(section) {
  const made = el("section", "card", el("h2", "", section.title), section.note ? el("p", "note", section.note) : "");
  made.id = section.key;
  const blocks = el("div", "blocks");
  const paretos = section.tables.filter((one) => one.key.startsWith("pareto_"));
  if (paretos.length) blocks.append(paretoBlock(paretos));
  else for (const table of section.tables) if (table.key !== "overview") blocks.append(block(table, section));
  made.append(...(section.key === "ppm" && data.alerts.length ? [alerts()] : []), blocks);
  return made;
}

function alerts() {
  const list = el("ul", "", ...data.alerts.map((one) => el("li", "", el("b", "", one.title), el("small", "", one.cases))));
  const made = el("div", "alerts", el("strong", "", words.alert), list);
  const rest = [...list.children].slice(FIRST);
  if (rest.length) {
    const more = el("button", "more", `+ ${rest.length}`);
    more.type = "button";
    more.addEventListener("click", () => { for (const one of rest) one.hidden = false; more.remove(); });
    for (const one of rest) one.hidden = true;
    made.append(more);
  }
  made.dataset.testid = "alerts";
  return made;
}

function tile(one) {
  const mark = one.change && one.mood ? (one.mood === "better" ? "better" : "worse") : "";
  const made = el("div", "tile", el("span", "name", one.name), el("b", one.few ? "few" : "", one.text),
    el("span", "under", el("span", `change ${mark}`, one.change), one.n ? el("small", "n", one.n) : ""));
  made.dataset.testid = `tile-${one.key}`;
  return made;
}

function build() {
  const top = el("header", "top", el("p", "brand", data.brand), el("h1", "", words.title), el("p", "when", data.period),
    el("p", "soft", [...data.lines, data.made].join(" · ")));
  const nav = el("nav", "chips", ...data.sections.map((one) => { const a = el("a", "", one.title); a.href = `#${one.key}`; return a; }));
  nav.setAttribute("aria-label", words.contents);
  const main = el("main", "", el("div", "tiles", ...data.tiles.map(tile)));
  if (data.empty) main.append(el("p", "empty", words.empty));
  main.append(...data.sections.map(card), ...data.missing.map((one) => el("p", "missing", one)));
  const foot = el("footer", "", ...data.notes.map((one) => el("p", "", one)));
  document.getElementById("page").append(top, nav, main, foot);
  for (const one of document.querySelectorAll(".block")) one.begin();
}

function redraw() {
  for (const { chart, host, said } of drawn) {
    const made = said();
    host.style.height = `${made.height}px`;
    chart.setOption(made.option, true);
    chart.resize();
  }
}

build();
window.addEventListener("resize", redraw);
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
window.addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details")) one.open = true; });
