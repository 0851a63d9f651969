// Run inside the page: what keeps people from using it, as lines of text. Empty is good.
async () => {
  const wrong = [];
  // what still fades in has not its own colours yet; meanwhile more may come
  const coming = () =>
    document.getAnimations().filter((one) => one.playState === "running" && one.effect.getComputedTiming().iterations !== Infinity);
  for (let some = coming(); some.length; some = coming()) await Promise.all(some.map((one) => one.finished.catch(() => null)));
  const name = (one) => `${one.tagName.toLowerCase()}${one.dataset.testid ? `[${one.dataset.testid}]` : ""} ${(one.textContent ?? "").trim().slice(0, 24)}`;
  const isSeen = (one) => one.checkVisibility({ opacityProperty: false, visibilityProperty: true }) && one.getClientRects().length > 0;

  // every control says what it is
  for (const one of document.querySelectorAll("button, a[href], input, select, textarea, [role=button]")) {
    if (!isSeen(one) || one.getAttribute("aria-hidden") === "true") continue;
    const label = one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.textContent || one.querySelector("img")?.alt;
    if (!label?.trim()) wrong.push(`no name: ${name(one)}`);
    if (one.tabIndex < 0) wrong.push(`out of the keyboard's reach: ${name(one)}`);
  }
  // under a finger nothing to tap is smaller than 44 pixels; words in a line are as high as the line
  if (matchMedia("(pointer: coarse)").matches) {
    for (const one of document.querySelectorAll("button, a[href], input, select, textarea, summary, [role=button]")) {
      if (!isSeen(one) || getComputedStyle(one).display.startsWith("inline") && !one.matches("button:not(.inline-command), select, input") || one.matches(".fold, .inline-command, input[type=file], .message:not(.chosen) .tool")) continue;
      const { width, height } = (one.closest("label") ?? one).getBoundingClientRect();
      if (width < 43.5 || height < 43.5) wrong.push(`small for a finger, ${Math.round(width)} by ${Math.round(height)}: ${name(one)}`);
    }
  }
  for (const one of document.querySelectorAll("img")) if (!one.hasAttribute("alt")) wrong.push(`no words for a picture: ${one.src}`);

  // the page has a language, a title, one heading, one main part, and no two things with one name
  if (!document.documentElement.lang || !document.title) wrong.push("no language or title");
  for (const part of ["h1", "main"]) if (document.querySelectorAll(part).length !== 1) wrong.push(`not one ${part}`);
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of new Set(ids)) if (ids.filter((one) => one === id).length > 1) wrong.push(`two of #${id}`);
  for (const one of document.querySelectorAll("[aria-controls]")) {
    if (!document.getElementById(one.getAttribute("aria-controls"))) wrong.push(`controls nothing: ${name(one)}`);
  }
  for (const one of document.querySelectorAll("[role=tab]")) if (!one.hasAttribute("aria-selected")) wrong.push(`chosen or not: ${name(one)}`);

  // words stand out from what is behind them: 4.5 to 1
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => (one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (one) => {
    const colour = rgba(getComputedStyle(one).backgroundColor);
    return colour[3] > 0.99 || !one.parentElement ? colour : over(colour, behind(one.parentElement));
  };
  const seethrough = (one) => (one ? Number(getComputedStyle(one).opacity) * seethrough(one.parentElement) : 1);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    const words = walker.currentNode.textContent.trim();
    // tools show themselves when a message is pointed at; letters on round pictures are pictures
    if (!words || !isSeen(one) || one.closest(".tools, [aria-hidden=true], .toast, option, noscript")) continue;
    const back = behind(one);
    const ink = rgba(getComputedStyle(one).color);
    const shown = over([ink[0], ink[1], ink[2], ink[3] * seethrough(one)], back);
    const [a, b] = [light(shown), light(back)].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) wrong.push(`faint, ${contrast.toFixed(2)} to 1: ${words.slice(0, 24)} (${one.className || one.tagName})`);
  }
  return [...new Set(wrong)];
}
