/* What each table looks like as a chart. A table without one is shown as it is. */

const PHONE = window.matchMedia("(max-width: 640px)");

function short(value, unit) {
  if (unit === "share") return `${Math.round(value * 100)}%`;
  if (unit === "seconds") return span(value);
  if (unit === "cents") return data.currency + compact(value / 100);
  return compact(value);
}

function compact(value) {
  const large = Math.abs(value);
  if (large >= 1e6) return `${(value / 1e6).toFixed(large < 1e7 ? 1 : 0)}M`;
  if (large >= 1e4) return `${(value / 1e3).toFixed(0)}k`;
  return value.toLocaleString("en-US", { maximumFractionDigits: large < 10 ? 1 : 0 });
}

function span(seconds) {
  const units = [["days", 86400], ["hours", 3600], ["minutes", 60], ["seconds", 1]];
  const [name, size] = units.find(([, one]) => seconds >= one) || units[3];
  return fill(words[name], { n: Math.round(seconds / size) });
}

/* A mark on a scale of powers of ten: a phone has room for every other one. */
function power(seconds) {
  return PHONE.matches && Math.round(Math.log10(seconds)) % 2 === 0 ? "" : span(seconds);
}

function look() {
  return {
    ink: colour("ink"), soft: colour("soft"), line: colour("line"), surface: colour("surface"),
    main: colour("accent"), second: colour("second"), pale: colour("pale"), danger: colour("danger"),
    few: colour("few"),
  };
}

function tip(title, lines) {
  const told = lines.map(([name, cell]) => {
    const n = cell.n ? ` <span style="opacity:.7">${escaped(cell.n)}</span>` : "";
    return `<div>${name ? `${escaped(name)} ` : ""}<b>${escaped(cell.text)}</b>${n}</div>`;
  });
  return `<div style="font-weight:600;margin-bottom:2px">${escaped(title)}</div>${told.join("")}`;
}

function frame(c, more) {
  return {
    animationDuration: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 350,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: c.ink },
    aria: { enabled: true },
    tooltip: {
      backgroundColor: c.surface, borderColor: c.line, textStyle: { color: c.ink, fontSize: 13 },
      confine: true, appendToBody: false,
    },
    grid: { left: 4, right: 14, top: 14, bottom: 4, containLabel: true },
    ...more,
  };
}

function axis(c, more) {
  return {
    axisLine: { lineStyle: { color: c.line } }, axisTick: { show: false },
    axisLabel: { color: c.soft, fontSize: 12, ...(more.axisLabel || {}) },
    splitLine: { lineStyle: { color: c.line, opacity: 0.7 } },
    ...Object.fromEntries(Object.entries(more).filter(([name]) => name !== "axisLabel")),
  };
}

function legend(c) {
  return { top: 0, left: 0, itemWidth: 14, itemHeight: 10, itemGap: 14, textStyle: { color: c.soft, fontSize: 12 } };
}

function cut(text, most = PHONE.matches ? 9 : 16) {
  const wide = [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0x2e7f ? 1 : 0.55), 0);
  return wide <= most ? text : `${[...text].slice(0, Math.floor(most * text.length / wide) - 1).join("")}…`;
}

/* The names beside lying bars: two lines hold what one would cut. */
function beside(c) {
  const [width, most] = PHONE.matches ? [112, 17] : [180, 28];
  return { color: c.ink, width, overflow: "break", lineHeight: 14, formatter: (text) => cut(text, most) };
}

/* Lying bars, the amount written behind each. */
function lying(table, c, value = 1, most = 12) {
  const rows = table.rows.slice(0, most).filter((row) => row[0].text);
  const unit = (rows.find((row) => row[value].unit) || [])[value]?.unit || rows[0]?.[value].unit;
  return {
    height: 34 + rows.length * 30,
    option: frame(c, {
      grid: { left: 4, right: 70, top: 4, bottom: 4, containLabel: true },
      tooltip: { ...frame(c).tooltip, trigger: "item", formatter: (at) => tip(rows[at.dataIndex][0].text, rows[at.dataIndex].slice(1).map((cell, n) => [table.columns[n + 1], cell]).filter(([, cell]) => cell.text)) },
      xAxis: axis(c, { type: "value", axisLabel: { show: false }, splitLine: { show: false }, axisLine: { show: false } }),
      yAxis: axis(c, { type: "category", inverse: true, data: rows.map((row) => row[0].text), axisLine: { show: false }, axisLabel: beside(c) }),
      series: [{
        type: "bar", barMaxWidth: 18, itemStyle: { color: c.main, borderRadius: [0, 3, 3, 0] },
        label: { show: true, position: "right", color: c.ink, fontSize: 12, formatter: (at) => rows[at.dataIndex][value].text },
        data: rows.map((row) => ({ value: row[value].value ?? 0, itemStyle: row[value].few ? { color: c.few } : undefined })),
      }],
    }),
  };
}

function coming(table, c) {
  const rows = table.rows;
  const say = (at) => tip(rows[at[0].dataIndex][0].text, [1, 2].map((n) => [table.columns[n], rows[at[0].dataIndex][n]]));
  return {
    height: 280,
    option: frame(c, {
      grid: { left: 4, right: 10, top: 36, bottom: 4, containLabel: true },
      legend: legend(c),
      tooltip: { ...frame(c).tooltip, trigger: "axis", formatter: say },
      xAxis: axis(c, { type: "category", data: rows.map((row) => row[0].text), axisLabel: { hideOverlap: true, formatter: (day) => (rows.length <= 14 && day.endsWith("-01") && rows.length > 1 && rows[1][0].text.endsWith("-01") ? day.slice(0, 7) : day.slice(5)) } }),
      yAxis: axis(c, { type: "value", minInterval: 1, axisLine: { show: false }, axisLabel: { formatter: compact } }),
      series: [
        { name: table.columns[1], type: "bar", barMaxWidth: 26, itemStyle: { color: c.main, borderRadius: [3, 3, 0, 0] }, data: rows.map((row) => row[1].value) },
        { name: table.columns[2], type: "line", smooth: 0.25, symbolSize: 6, lineStyle: { width: 2.5 }, itemStyle: { color: c.second }, data: rows.map((row) => row[2].value) },
      ],
    }),
  };
}

/* Median over the time within which nine in ten are: on a scale of powers, minutes and days stand side by side. */
function lengths(table, c) {
  const rows = table.rows.filter((row) => row[1].value > 0);
  const bar = (place, tint, width, z) => ({
    name: table.columns[place], type: "bar", barGap: "-100%", barWidth: width, z,
    itemStyle: { color: tint, borderRadius: [0, 3, 3, 0] }, data: rows.map((row) => Math.max(row[place].value, 1)),
  });
  return {
    height: 70 + rows.length * 36,
    option: frame(c, {
      grid: { left: 4, right: 16, top: 34, bottom: 4, containLabel: true },
      legend: legend(c),
      tooltip: { ...frame(c).tooltip, trigger: "axis", axisPointer: { type: "shadow" }, formatter: (at) => tip(rows[at[0].dataIndex][0].text, [1, 2].map((n) => [table.columns[n], rows[at[0].dataIndex][n]])) },
      xAxis: axis(c, { type: "log", min: 10, axisLine: { show: false }, axisLabel: { formatter: power, hideOverlap: true } }),
      yAxis: axis(c, { type: "category", inverse: true, data: rows.map((row) => row[0].text), axisLine: { show: false }, axisLabel: beside(c) }),
      series: [bar(1, c.main, 16, 3), bar(2, c.pale, 16, 2)],
    }),
  };
}

/* One bar that is all promises due, in its parts. */
function fates(table, c) {
  const [kept, ...others] = table.rows;
  const many = Number((kept[1].n || "").replace(/\D/g, ""));
  const parts = [[words.kept, kept[1].value === null ? 0 : Math.round(kept[1].value * many)], ...others.map((row) => [row[0].text, row[1].value])];
  const tints = [c.main, c.second, c.pale, c.danger];
  const inks = [c.surface, "#1b2421", c.ink, c.surface];
  const total = parts.reduce((sum, [, value]) => sum + value, 0) || 1;
  return {
    height: 118,
    option: frame(c, {
      grid: { left: 0, right: 0, top: 40, bottom: 4 },
      legend: legend(c),
      tooltip: { ...frame(c).tooltip, trigger: "item", formatter: (at) => tip(at.seriesName, [["", { text: `${at.value.toLocaleString("en-US")} · ${Math.round(1000 * at.value / total) / 10}%` }]]) },
      xAxis: { type: "value", max: total, show: false },
      yAxis: { type: "category", data: [""], show: false },
      series: parts.map(([name, value], n) => ({
        name, type: "bar", stack: "all", barWidth: 40, data: [value], itemStyle: { color: tints[n] },
        label: { show: value / total > 0.08, color: inks[n], fontSize: 13, formatter: () => `${Math.round(100 * value / total)}%` },
      })),
    }),
  };
}

function alike(table, c) {
  const rows = table.rows.filter((row) => !row[2].few && !row[3].few).slice(0, 14);
  if (!rows.length) return null;
  const names = rows.map((row) => `${row[0].text} · ${row[1].text}`);
  const side = (place, tint) => ({ name: table.columns[place], type: "bar", barMaxWidth: 12, itemStyle: { color: tint, borderRadius: [0, 3, 3, 0] }, data: rows.map((row) => row[place].value) });
  return {
    height: 60 + rows.length * 40,
    option: frame(c, {
      grid: { left: 4, right: 16, top: 34, bottom: 4, containLabel: true },
      legend: legend(c),
      tooltip: { ...frame(c).tooltip, trigger: "axis", axisPointer: { type: "shadow" }, formatter: (at) => tip(names[at[0].dataIndex], [2, 3].map((n) => [table.columns[n], rows[at[0].dataIndex][n]])) },
      xAxis: axis(c, { type: "value", axisLine: { show: false }, axisLabel: { formatter: (value) => short(value, "share") } }),
      yAxis: axis(c, { type: "category", inverse: true, data: names, axisLine: { show: false }, axisLabel: beside(c) }),
      series: [side(2, c.second), side(3, c.main)],
    }),
  };
}

function shipped(table, c) {
  const limit = table.rows.find((row) => row[5].value)?.[5].value;
  const rows = table.rows.filter((row, n) => n > 0 && !row[1].text && row[4].value !== null).map((row) => [row[0], row[4], row[3], row[2], row[6]]);
  if (!rows.length) return null;
  /* From below upwards: only then is there room above for what the line is called. */
  rows.reverse();
  const made = lying({ columns: [4, 4, 3, 2].map((n) => table.columns[n]).concat(""), rows }, c, 1, 20);
  const series = made.option.series[0];
  made.option.yAxis.inverse = false;
  series.data = rows.map((row) => ({ value: row[1].value, itemStyle: { color: row[4].flag ? c.danger : c.main } }));
  if (limit) series.markLine = { symbol: "none", lineStyle: { color: c.ink, type: "dashed" }, label: { show: true, formatter: `${table.columns[5]} ${limit}`, color: c.ink, position: "end", distance: 4 }, data: [{ xAxis: limit }] };
  made.option.tooltip.formatter = (at) => at.componentType === "markLine" ? "" : tip(rows[at.dataIndex][0].text, [[table.columns[4], rows[at.dataIndex][1]], [table.columns[3], rows[at.dataIndex][2]], [table.columns[2], rows[at.dataIndex][3]]]);
  made.option.grid.top = 24;
  made.height += 24;
  return made;
}

function pareto(table, c) {
  const rows = table.rows.slice(0, PHONE.matches ? 8 : 14);
  const money = table.key.endsWith("_cost");
  const place = money ? 2 : 1;
  return {
    height: 330,
    option: frame(c, {
      grid: { left: 4, right: 4, top: 20, bottom: 4, containLabel: true },
      tooltip: { ...frame(c).tooltip, trigger: "axis", axisPointer: { type: "shadow" }, formatter: (at) => tip(rows[at[0].dataIndex][0].text, [1, 2, 3].map((n) => [table.columns[n], rows[at[0].dataIndex][n]])) },
      xAxis: axis(c, { type: "category", data: rows.map((row) => row[0].text), axisLabel: { interval: 0, rotate: rows.length > 6 || PHONE.matches ? 35 : 0, formatter: (text) => cut(text), color: c.ink } }),
      yAxis: [
        axis(c, { type: "value", axisLine: { show: false }, axisLabel: { formatter: (value) => short(value, money ? "cents" : "count") } }),
        axis(c, { type: "value", min: 0, max: 1, axisLine: { show: false }, splitLine: { show: false }, axisLabel: { formatter: (value) => short(value, "share") } }),
      ],
      series: [
        { type: "bar", barMaxWidth: 46, data: rows.map((row) => ({ value: row[place].value, itemStyle: { color: row[4].flag ? c.main : c.pale, borderRadius: [3, 3, 0, 0] } })) },
        { type: "line", yAxisIndex: 1, symbolSize: 6, lineStyle: { width: 2 }, itemStyle: { color: c.second }, data: rows.map((row) => row[3].value),
          markLine: { silent: true, symbol: "none", lineStyle: { color: c.second, type: "dashed" }, label: { show: false }, data: [{ yAxis: 0.8 }] } },
      ],
    }),
  };
}

function cohorts(table, c) {
  const rows = table.rows;
  return {
    height: 260,
    option: frame(c, {
      grid: { left: 4, right: 4, top: 36, bottom: 4, containLabel: true },
      legend: legend(c),
      tooltip: { ...frame(c).tooltip, trigger: "axis", axisPointer: { type: "shadow" }, formatter: (at) => tip(rows[at[0].dataIndex][0].text, rows[at[0].dataIndex].slice(1).map((cell, n) => [table.columns[n + 1], cell])) },
      xAxis: axis(c, { type: "category", data: rows.map((row) => row[0].text), axisLabel: { interval: 0, color: c.ink } }),
      yAxis: [
        axis(c, { type: "value", axisLine: { show: false }, axisLabel: { formatter: compact } }),
        axis(c, { type: "value", min: 0, max: 1, axisLine: { show: false }, splitLine: { show: false }, axisLabel: { formatter: (value) => short(value, "share") } }),
      ],
      series: [
        { name: table.columns[1], type: "bar", barMaxWidth: 54, itemStyle: { color: c.main, borderRadius: [3, 3, 0, 0] }, data: rows.map((row) => row[1].value) },
        { name: table.columns[2], type: "line", yAxisIndex: 1, symbolSize: 10, lineStyle: { width: 2 }, itemStyle: { color: c.second }, data: rows.map((row) => row[2].value) },
      ],
    }),
  };
}

const CHARTS = {
  course: coming, times: lengths, promises: fates, ppm: shipped, cohorts, consistency_cells: alike,
  opened_by_category: lying, opened_by_severity: lying, opened_by_channel: lying, opened_by_product: lying,
  upheld_by_category: lying, remedy_cost_by_level: lying, remedy_cost_by_kind: lying,
};
