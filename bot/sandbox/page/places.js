// Public groups on a customer's phone, and links out of them that open the chat with the bot.

import { world } from "/store.js";

// The public groups that this person is in.
export function squaresOf(personId) {
  const isIn = (group) => group.members.some((one) => one.id === personId);
  return [...world.groups.values()].filter((one) => !one.is_forum && !one.moved_to && isIn(one));
}

// What stands behind ?start= in a link to the bot's own chat; null for every other link.
export function broughtBy(address) {
  try {
    const url = new URL(address);
    const isOurs = url.host === "t.me" && url.pathname === `/${world.bot.username}`;
    return isOurs ? url.searchParams.get("start") : null;
  } catch {
    return null;
  }
}

// Telegram shows of such a message only the command.
export function asShown(text) {
  return text?.replace(/^\/start [A-Za-z0-9_-]{1,64}$/, "/start");
}
