/* Small pieces of the page. Text is only ever set as text. */

const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;

function el(tag, look, ...inside) {
  const made = document.createElement(tag);
  if (look) made.className = look;
  for (const one of inside) if (one !== null && one !== "") made.append(one);
  return made;
}

function fill(text, fields) {
  return text.replace(/\{(\w+)\}/g, (_, name) => fields[name]);
}

function escaped(text) {
  return String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function column(table, name) {
  return table.names.indexOf(name);
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/* A cell of a table: its text, its n in small, and how it stands beside the others of its column. */
function cellOf(cell, first, most, heat) {
  const made = el(first ? "th" : "td", "");
  if (first) made.scope = "row";
  made.append(el("span", cell.few ? "few" : "", cell.text));
  if (cell.n && !cell.few) made.append(el("small", "n", cell.n));
  if (cell.few && cell.n) made.append(el("small", "n", cell.n));
  if (cell.mood) made.classList.add(cell.mood);
  if (cell.flag) made.classList.add("flag");
  if (heat && typeof cell.value === "number") made.style.setProperty("--heat", `${Math.round(cell.value * 70)}%`), made.classList.add("heat");
  if (most && typeof cell.value === "number" && most > 0) {
    made.classList.add("barred");
    made.style.setProperty("--bar", `${(100 * Math.max(cell.value, 0)) / most}%`);
  }
  return made;
}

const BARRED = new Set(["cases", "opened", "closed", "cost"]);
const HEATED = new Set(["attainment", "agents_steps"]);
const SHOWN = 12;

function tableOf(table) {
  const most = table.names.map((name, place) =>
    BARRED.has(name) ? Math.max(...table.rows.map((row) => row[place].value || 0)) : 0);
  const head = el("tr", "", ...table.columns.map((name) => { const th = el("th", "", name); th.scope = "col"; return th; }));
  const body = el("tbody");
  table.rows.forEach((row, number) => {
    const line = el("tr", "", ...row.map((cell, place) => cellOf(cell, place === 0, most[place], HEATED.has(table.key) && place > 0)));
    if (number >= SHOWN) line.hidden = true;
    body.append(line);
  });
  const made = el("div", "sheet", el("table", "", el("thead", "", head), body));
  made.tabIndex = 0;
  made.setAttribute("role", "region");
  made.setAttribute("aria-label", table.title);
  if (table.rows.length <= SHOWN) return made;
  const more = el("button", "more", `+ ${table.rows.length - SHOWN}`);
  more.type = "button";
  more.addEventListener("click", () => { for (const row of body.rows) row.hidden = false; more.remove(); });
  return el("div", "", made, more);
}
