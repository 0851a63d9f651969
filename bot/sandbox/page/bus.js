// What the parts of the page tell each other.

const LONGEST_PRESS = 1000;
const bus = new EventTarget();
const held = [];
let press = null;

export function emit(kind, detail) {
  if (press) held.push([kind, detail]);
  else bus.dispatchEvent(new CustomEvent(kind, { detail }));
}

export function on(kind, work) {
  bus.addEventListener(kind, (event) => work(event.detail));
}

// A button that is drawn anew under a finger is never clicked: what comes while it is down is told afterwards.
function release() {
  clearTimeout(press);
  press = null;
  for (const [kind, detail] of held.splice(0)) emit(kind, detail);
}

addEventListener("pointerdown", () => {
  clearTimeout(press);
  press = setTimeout(release, LONGEST_PRESS);
}, true);
// the click follows at once
for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, () => setTimeout(release), true);
