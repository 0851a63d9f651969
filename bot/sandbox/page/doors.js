// Where the customer writes: the bot's own chat, a public group, or an account of the brand's; and that account's phone.

import { act } from "/api.js";
import { avatar, h } from "/dom.js";
import { squaresOf } from "/places.js";
import { emit, loadChat, world } from "/store.js";
import { t } from "/words.js";

export class Doors {
  // customer() gives whose phone it is; onLeave() is called when a chat is left, onChange() when the next is on the screen
  constructor(customer, onLeave, onChange) {
    Object.assign(this, { customer, onLeave, onChange });
    // done when the chat that was chosen is on the screen: what is written meanwhile goes there
    this.turned = Promise.resolve();
    this.owner = null;
    this.isOwners = false;
    // the public group that is on the screen
    this.square = null;
    this.chats = new Map();
    this.element = h("div", { class: "doors", role: "group", "aria-label": t("doors"), "data-testid": "doors", hidden: true });
  }

  get account() {
    return world.accounts.find((one) => one.user.id === this.owner);
  }

  get squares() {
    return squaresOf(this.customer());
  }

  get chatId() {
    if (this.square !== null) return this.square;
    return this.owner === null ? this.customer() : (this.chats.get(`${this.owner} ${this.customer()}`) ?? 0);
  }

  get speaker() {
    return this.isOwners ? this.owner : this.customer();
  }

  // Who is at the other end, as the chat's head says it.
  get name() {
    if (this.square !== null) return world.groups.get(this.square)?.title ?? "";
    if (this.isOwners) return world.people.get(this.customer())?.name ?? "";
    return this.account ? world.people.get(this.owner)?.name : world.bot.first_name;
  }

  get status() {
    if (this.square !== null) return t("square_status", { count: world.groups.get(this.square)?.members.length ?? 0 });
    if (!this.account) return t("bot_status");
    if (!this.account.is_enabled) return t("account_cut_off");
    return t(this.account.rights.can_reply ? "account_status" : "account_mute");
  }

  enter(square) {
    return this.turnTo({ owner: null, isOwners: false, square });
  }

  choose(owner, isOwners) {
    return this.turnTo({ owner, isOwners, square: null });
  }

  turnTo(door) {
    this.onLeave();
    Object.assign(this, door);
    this.turned = this.open();
    return this.turned;
  }

  async open() {
    if (this.owner !== null) {
      const chat = await act("account_chat", { owner_id: this.owner, customer_id: this.customer() });
      this.chats.set(`${this.owner} ${this.customer()}`, chat.chat_id);
    }
    await loadChat(this.chatId);
    this.onChange();
  }

  draw() {
    const squares = this.squares;
    if (!squares.some((one) => one.id === this.square)) this.square = null;
    this.element.hidden = world.accounts.length + squares.length === 0;
    const door = (label, owner, isOwners, testid) =>
      h("button", { class: "door", type: "button", "aria-pressed": String(this.square === null && this.owner === owner && this.isOwners === isOwners), "data-testid": testid, onclick: () => this.choose(owner, isOwners) }, label);
    const accounts = world.accounts.flatMap(({ user }) => {
      const name = world.people.get(user.id)?.name ?? user.first_name;
      return [door(t("door_account", { name }), user.id, false, "door-account"), door(t("door_owner", { name }), user.id, true, "door-owner")];
    });
    const groups = squares.map((one) =>
      h("button", { class: "door", type: "button", "aria-pressed": String(this.square === one.id), "data-testid": "door-square", "data-chat-id": one.id, onclick: () => this.enter(one.id) }, one.title));
    this.element.replaceChildren(door(t("door_own"), null, false, "door-own"), ...groups, ...accounts);
  }

  face() {
    return this.isOwners ? avatar(this.name, this.customer()) : avatar(this.name ?? "", Math.abs(this.square ?? this.owner ?? 4));
  }

  // What an owner can do; connecting is how one comes to have an account.
  menu() {
    const one = this.account ?? world.accounts[0];
    const deed = (name, label, given) => ({ label: t(label), testid: label, work: () => act(name, given) });
    if (!one) return [{ label: t("connect_account"), testid: "connect_account", work: () => this.connect() }];
    const person_id = one.user.id;
    if (!one.is_enabled) return [deed("connect", "connect_again", { person_id })];
    const rights = one.rights.can_reply
      ? deed("give_rights", "take_reply", { person_id, rights: ["can_read_messages"] })
      : deed("give_rights", "give_reply", { person_id, rights: ["can_reply", "can_read_messages"] });
    return [rights, deed("disconnect", "disconnect_account", { person_id })];
  }

  async connect() {
    const owner = await act("add_user", { first_name: t("account_name"), role: "owner" });
    world.people.set(owner.id, { ...owner, name: owner.first_name, role: "owner" });
    const account = await act("connect", { person_id: owner.id });
    world.accounts.push({ ...account, chats: [] });
    await this.choose(owner.id, false);
    emit("state");
  }
}
