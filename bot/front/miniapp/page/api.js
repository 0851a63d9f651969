// What the page asks the house, each time with what Telegram signed.

import { signed } from "./telegram.js";

export class Refused extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

export async function ask(view, query = {}) {
  const clean = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  let answer;
  try {
    answer = await fetch(`api/${view}?${new URLSearchParams(clean)}`, { headers: { Authorization: `tma ${signed}` } });
  } catch {
    throw new Refused("offline");
  }
  const body = await answer.json().catch(() => ({ refused: "unwell" }));
  if (!answer.ok) throw new Refused(body.refused ?? "unwell");
  return body;
}
