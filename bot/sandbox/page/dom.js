// Elements without a framework: h("button", {class: "x", onclick}, "words") makes one.

const DIRECT = new Set(["value", "checked", "disabled", "hidden", "open", "textContent"]);

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (DIRECT.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const PATHS = {
  send: "M4 12l16-8-5 16-3.500-6.500z",
  attach: "M12 5v14M5 12h14",
  photo: "M4 6h16v12H4zM4 15l4.500-4 4 4 2.500-2 5 4M15.500 9.500h.01",
  document: "M7 3h7l4 4v14H7zM14 3v4h4",
  voice: "M12 4a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v3",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c.500-3.500 3.500-5 7-5s6.500 1.500 7 5",
  location: "M12 21s6-6 6-11a6 6 0 0 0-12 0c0 5 6 11 6 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  reply: "M10 6l-6 6 6 6M4 12h9a7 7 0 0 1 7 6",
  edit: "M5 19l1-4L16 5l3 3L9 18z",
  delete: "M5 7h14M9.500 7V5h5v2M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5",
  react: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 10h.01M15 10h.01M8.500 14.500c1.800 2 5.200 2 7 0",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  lock: "M7 11h10v9H7zM9 11V8a3 3 0 0 1 6 0v3",
  unlock: "M7 11h10v9H7zM9 11V8a3 3 0 0 1 5.800-1.100",
  more: "M12 6h.01M12 12h.01M12 18h.01",
  down: "M6 9l6 6 6-6",
  plus: "M12 6v12M6 12h12",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function avatar(name, id, className = "") {
  const letter = [...(name || "?")][0].toUpperCase();
  return h("span", { class: `avatar tone-${Math.abs(Number(id)) % 6} ${className}`, "aria-hidden": "true" }, letter);
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
}
