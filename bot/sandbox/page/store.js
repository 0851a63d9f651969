// What the page knows of the world, kept in step by server-sent events.

import { listen, look } from "/api.js";
import { emit } from "/bus.js";

export { emit, on } from "/bus.js";

export const world = {
  bot: {},
  people: new Map(),
  groups: new Map(),
  accounts: [],
  chats: new Map(),
  taken: 0,
  get desks() {
    return [...this.groups.values()].filter((one) => one.is_forum && !one.moved_to);
  },
  get desk() {
    return this.desks[0];
  },
};

let asked = 0;
let newest = 0;

export async function loadState() {
  asked += 1;
  const number = asked;
  const state = await look("state");
  if (number < newest) return;
  newest = number;
  world.bot = state.bot;
  world.taken = Math.max(world.taken, state.taken);
  world.people = new Map(state.people.map((one) => [one.id, one]));
  world.accounts = state.accounts;
  world.groups = new Map(state.groups.map((one) => [one.id, one]));
  emit("state");
}

const loads = new Set();

export async function loadChat(chatId) {
  const load = { chatId, meanwhile: [] };
  loads.add(load);
  try {
    const messages = await look("messages", { chat_id: chatId });
    const chat = new Map(messages.map((one) => [one.message_id, one]));
    for (const change of load.meanwhile) change(chat);
    world.chats.set(chatId, chat);
  } finally {
    loads.delete(load);
  }
  emit("chat", chatId);
}

// Loads a chat that is neither here nor on its way.
export function needChat(chatId) {
  const isComing = [...loads].some((one) => one.chatId === chatId);
  if (!isComing && !world.chats.has(chatId)) loadChat(chatId);
}

// What happens to a chat while it is being loaded may not be in the answer yet.
function inChat(chatId, change) {
  const chat = world.chats.get(chatId);
  if (chat) change(chat);
  for (const load of loads) if (load.chatId === chatId) load.meanwhile.push(change);
}

export function messagesOf(chatId) {
  return world.chats.get(chatId) ?? new Map();
}

let refresh = null;
function refreshSoon() {
  refresh ??= setTimeout(() => {
    refresh = null;
    loadState();
  }, 80);
}

function keep(message) {
  inChat(message.chat_id, (chat) => chat.set(message.message_id, message));
}

const EFFECTS = {
  message(event) {
    keep(event.message);
    emit("message", event.message);
    if (world.groups.has(event.message.chat_id) || !world.people.get(event.message.chat_id)?.started) refreshSoon();
  },
  edited(event) {
    keep(event.message);
    emit("edited", event.message);
  },
  deleted(event) {
    inChat(event.chat_id, (chat) => chat.delete(event.message_id));
    emit("deleted", event);
    refreshSoon();
  },
  taken(event) {
    world.taken = event.first_waiting;
    emit("taken");
  },
  topic(event) {
    refreshSoon();
    emit("topic", event);
  },
  people: refreshSoon,
  commands: () => emit("commands"),
  action: (event) => emit("action", event),
  query_answered: (event) => emit("query_answered", event),
};

// Done when the line is open: what is looked at from then on misses nothing.
export function follow() {
  return new Promise((resolve) => {
    listen(
      (event) => EFFECTS[event.kind]?.(event),
      async (isOpen, again) => {
        emit("line", isOpen);
        if (isOpen && !again) resolve();
        if (!isOpen || !again) return;
        await loadState();
        await Promise.all([...world.chats.keys()].map(loadChat));
      },
    );
  });
}
