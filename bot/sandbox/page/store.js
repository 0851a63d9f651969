// What the page knows of the world, kept in step by server-sent events.

import { listen, look } from "/api.js";

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
export const bus = new EventTarget();

export function emit(kind, detail) {
  bus.dispatchEvent(new CustomEvent(kind, { detail }));
}

export function on(kind, work) {
  bus.addEventListener(kind, (event) => work(event.detail));
}

export async function loadState() {
  const state = await look("state");
  world.bot = state.bot;
  world.taken = state.taken;
  world.people = new Map(state.people.map((one) => [one.id, one]));
  world.accounts = state.accounts;
  world.groups = new Map(state.groups.map((one) => [one.id, one]));
  emit("state");
}

export async function loadChat(chatId) {
  const messages = await look("messages", { chat_id: chatId });
  world.chats.set(chatId, new Map(messages.map((one) => [one.message_id, one])));
  emit("chat", chatId);
}

export function messagesOf(chatId) {
  return world.chats.get(chatId) ?? new Map();
}

let refresh = null;
function refreshSoon() {
  clearTimeout(refresh);
  refresh = setTimeout(loadState, 80);
}

function keep(message) {
  const chat = world.chats.get(message.chat_id);
  if (chat) chat.set(message.message_id, message);
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
    world.chats.get(event.chat_id)?.delete(event.message_id);
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

export function follow() {
  listen(
    (event) => EFFECTS[event.kind]?.(event),
    async (isOpen, again) => {
      emit("line", isOpen);
      if (!isOpen || !again) return;
      await loadState();
      await Promise.all([...world.chats.keys()].map(loadChat));
    },
  );
}
