// Elements without a framework. Words only ever become text: nothing that a customer wrote is read as HTML.

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  dress(element, properties);
  element.append(...kept(children));
  return element;
}

export function s(tag, properties = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  dress(element, properties);
  element.append(...kept(children));
  return element;
}

function dress(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
}

function kept(children) {
  return children.flat(2).filter((one) => one !== null && one !== undefined && one !== false && one !== "");
}

const PATHS = {
  board: "M4 5h4v14H4zM10 5h4v9h-4zM16 5h4v6h-4z",
  promises: "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4M9 15l2 2 4-4",
  figures: "M5 19V11M10 19V5M15 19v-6M20 19V8",
  reload: "M19 12a7 7 0 1 1-2-5M17 3v4h-4",
  find: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4 4",
  back: "M15 5l-7 7 7 7",
  go: "M9 6l6 6-6 6",
  topic: "M5 5h14v11H11l-4 3v-3H5z",
};

export function icon(name) {
  return s("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, s("path", { d: PATHS[name] }));
}
