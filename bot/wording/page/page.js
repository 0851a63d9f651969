// Search and filters. Without them the page is whole all the same.
const form = document.querySelector(".filters");
const proofs = [...document.querySelectorAll(".proof")].map((one) => ({
  one,
  words: `${one.dataset.name} ${one.textContent}`.toLowerCase(),
  folded: one.querySelector("details"),
  open: [...one.children].filter((part) => part.tagName !== "DETAILS").map((part) => part.textContent).join(" ").toLowerCase(),
  part: one.closest(".part").dataset.part,
  step: one.closest(".step").dataset.step,
}));

function fits({ one, words, part, step }, asked) {
  if (asked.part && part !== asked.part) return false;
  if (asked.step && step !== asked.step) return false;
  if (asked.only === "findings" && one.dataset.findings === "0") return false;
  if (asked.only === "promise" && one.dataset.promise !== "1") return false;
  if (asked.only.startsWith("rule:") && !one.dataset.rules.includes(`|${asked.only.slice(5)}|`)) return false;
  if (asked.only.startsWith("level:") && one.dataset.level !== asked.only.slice(6)) return false;
  return asked.terms.every((term) => words.includes(term));
}

function show() {
  const asked = Object.fromEntries(new FormData(form));
  asked.terms = asked.words.toLowerCase().split(/\s+/).filter(Boolean);
  if (asked.language) document.body.dataset.shown = asked.language;
  else delete document.body.dataset.shown;
  let count = 0;
  for (const proof of proofs) {
    const shown = fits(proof, asked);
    proof.one.hidden = !shown;
    count += shown;
    // words that only another case says are not left folded away
    const inside = shown && asked.terms.some((term) => !proof.open.includes(term) && !proof.one.dataset.name.includes(term));
    if (proof.folded && proof.folded.open !== inside && (inside || "found" in proof.folded.dataset)) {
      proof.folded.open = inside;
      proof.folded.toggleAttribute("data-found", inside);
    }
  }
  for (const box of document.querySelectorAll(".step, .part")) box.hidden = !box.querySelector(".proof:not([hidden])");
  form.querySelector(".count").textContent = `${count} / ${proofs.length}`;
  document.querySelector(".none").hidden = count > 0;
}

form.hidden = false;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();
