// The field to write in: words, files, voice, contact, place; replying and editing; the command menu.

import { act, base64, look } from "/api.js";
import { gist } from "/bubble.js";
import { h, icon } from "/dom.js";
import { menuOn } from "/notices.js";
import { messagesOf, on, world } from "/store.js";
import { voiceSample } from "/voice.js";
import { t } from "/words.js";

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.replying = null;
    this.editing = null;
    this.build();
    on("state", () => this.refresh());
  }

  build() {
    const id = this.pane.testid;
    this.input = h("textarea", { rows: "1", class: "input", "data-testid": `${id}-input`, "aria-label": t("write"), enterkeyhint: "send", dir: "auto" });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => this.written());
    this.input.addEventListener("paste", (event) => this.pasted(event));
    this.photo = this.picker("photo", "image/*");
    this.document = this.picker("document", "");
    this.attach = this.button("attach", "attach", () => this.openAttach());
    this.attach.setAttribute("aria-haspopup", "menu");
    this.commands = h("button", { class: "tool-button commands", type: "button", "aria-label": t("commands"), title: t("commands"), "aria-haspopup": "menu", "data-testid": `${id}-commands`, onclick: () => this.openCommands() }, "/");
    this.sendButton = this.button("send", "send", () => this.send());
    this.sendButton.classList.add("send");
    this.banner = h("div", { class: "banner", hidden: true });
    this.keys = h("div", { class: "reply-keys", "data-testid": `${id}-keyboard` });
    this.note = h("div", { class: "composer-note", hidden: true });
    this.row = h("div", { class: "composer-row" }, h("div", { class: "menu-anchor" }, this.attach), this.input, h("div", { class: "menu-anchor" }, this.commands), this.sendButton);
    this.element = h("div", { class: "composer" }, this.banner, this.note, this.row, this.keys, this.photo, this.document);
  }

  button(name, label, work) {
    return h("button", { class: "tool-button", type: "button", "aria-label": t(label), title: t(label), "data-testid": `${this.pane.testid}-${name}`, onclick: work }, icon(name));
  }

  picker(kind, accept) {
    const input = h("input", { type: "file", accept, multiple: kind === "photo", class: "hidden-file", tabindex: "-1", "aria-hidden": "true", "data-testid": `${this.pane.testid}-${kind}-file` });
    input.addEventListener("change", async () => {
      await this.sendFiles(kind, [...input.files]);
      input.value = "";
    });
    return input;
  }

  // Where one writes, once the chat that was chosen is open.
  async place(replying = this.replying) {
    await this.pane.settled?.();
    const place = { person_id: this.pane.speaker() };
    if (this.pane.threadId() !== undefined) Object.assign(place, { chat_id: this.pane.chatId(), thread_id: this.pane.threadId() });
    else if (this.pane.chatId() !== place.person_id) place.chat_id = this.pane.chatId();
    if (replying) place.reply_to = replying.message_id;
    return place;
  }

  // The field is free for the next words at once; what could not be sent comes back into it.
  async deliver(words, sending) {
    const place = this.place();
    this.clear();
    try {
      await sending(await place);
    } catch (error) {
      this.input.value = [words, this.input.value].filter(Boolean).join("\n");
      this.written();
      this.pane.complain(error);
    }
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    const edited = this.editing;
    await this.deliver(text, ({ person_id, ...place }) =>
      edited
        ? act("edit", { person_id, chat_id: edited.chat_id, message_id: edited.message_id, text })
        : act("say", { person_id, ...place, text }));
  }

  // What a key, a sample or a command says: a draft in the field stays.
  async sendText(text) {
    const place = this.place();
    if (this.editing) this.clear();
    else this.closeBanner();
    await this.share(place, (there) => act("say", { ...there, text }));
  }

  async share(place, sending) {
    await place.then(sending).catch(this.pane.complain);
  }

  shareContact() {
    return this.share(this.place(null), ({ person_id }) => act("share_contact", { person_id }));
  }

  async sendFiles(kind, files) {
    if (!files.length) return;
    const items = await Promise.all(files.map(async (file) => ({ kind, data: await base64(file), name: file.name || `${kind}.png`, mime: file.type })));
    const caption = this.editing ? "" : this.input.value.trim();
    await this.deliver(caption, ({ reply_to, ...place }) =>
      items.length > 1
        ? act("send_album", { ...place, items, caption })
        : act("send_file", { ...place, ...(reply_to && { reply_to }), ...items[0], caption }));
  }

  pasted(event) {
    const images = [...(event.clipboardData?.files ?? [])].filter((one) => one.type.startsWith("image/"));
    if (!images.length) return;
    event.preventDefault();
    this.sendFiles("photo", images);
  }

  openAttach() {
    const item = (kind, work) => ({ label: t(kind), icon: icon(kind), testid: `${this.pane.testid}-attach-${kind}`, work });
    const items = [
      item("photo", () => this.photo.click()),
      item("document", () => this.document.click()),
      item("voice", () => this.share(this.place(), async (place) => act("send_file", { ...place, ...(await voiceSample()) }))),
      item("location", () => this.share(this.place(null), (place) => act("share_location", { ...place, latitude: 31.2304, longitude: 121.4737 }))),
    ];
    if (this.pane.threadId() === undefined) items.splice(3, 0, item("contact", () => this.shareContact()));
    menuOn(this.attach, items);
  }

  // A lone slash offers the commands; a second one begins a note, so the offer is taken back.
  written() {
    this.grow();
    this.closeOffer?.();
    this.closeOffer = null;
    if (this.input.value === "/") this.openCommands(false);
  }

  async openCommands(takesKeys = true) {
    const person = world.people.get(this.pane.speaker());
    const found = await look("commands", { language: person?.language_code ?? "", chat_id: this.pane.chatId() });
    const all = found.length ? found : [{ command: "start", description: t("start") }];
    const items = all.map((one) => ({
      label: `/${one.command}`,
      note: one.description,
      testid: `command-${one.command}`,
      work: () => {
        if (this.input.value === "/") this.clear();
        this.sendText(`/${one.command}`);
      },
    }));
    if (!takesKeys && this.input.value !== "/") return;
    const close = menuOn(this.commands, items, takesKeys);
    if (!takesKeys) this.closeOffer = close;
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape") this.clear();
    else if (event.key === "ArrowUp" && !this.input.value) this.editLast(event);
    else if (event.key === "ArrowDown" && this.closeOffer) {
      event.preventDefault();
      this.commands.nextElementSibling?.querySelector("button")?.focus();
    }
  }

  editLast(event) {
    const own = [...messagesOf(this.pane.chatId()).values()].filter((one) => this.pane.shows(one) && one.from.id === this.pane.speaker() && one.text);
    if (!own.length) return;
    event.preventDefault();
    this.edit(own.at(-1));
  }

  replyTo(message) {
    this.editing = null;
    this.replying = message;
    this.showBanner(t("replying", { name: message.from.name }), gist(message));
  }

  edit(message) {
    this.replying = null;
    this.editing = message;
    this.input.value = message.text;
    this.showBanner(t("editing"), message.text);
    this.grow();
  }

  showBanner(title, words) {
    const cancel = h("button", { class: "tool-button", type: "button", "aria-label": t("cancel"), onclick: () => this.clear() }, icon("close"));
    this.banner.replaceChildren(h("div", {}, h("strong", {}, title), h("span", {}, words)), cancel);
    this.banner.hidden = false;
    this.input.focus();
  }

  closeBanner() {
    if (this.editing || this.replying) this.banner.hidden = true;
    this.editing = this.replying = null;
  }

  clear() {
    this.closeBanner();
    this.input.value = "";
    this.written();
  }

  grow() {
    this.input.style.height = "";
    // Hidden fields measure nothing; they grow when they are shown and written in.
    if (this.input.scrollHeight) this.input.style.height = `${Math.min(this.input.scrollHeight + 2, 140)}px`;
    this.sendButton.classList.toggle("ready", Boolean(this.input.value.trim()));
  }

  // What stands in the way of writing, or the keyboard that the bot has laid out.
  refresh() {
    const { note, keys, placeholder } = this.pane.writing();
    this.input.placeholder = placeholder;
    this.note.hidden = !note;
    this.row.hidden = Boolean(note);
    if (note) this.note.replaceChildren(note);
    const rows = keys?.keyboard ?? [];
    this.keys.replaceChildren(...rows.map((row) => h("div", { class: "keyboard-row" }, row.map((one) => this.replyKey(one)))));
  }

  replyKey(key) {
    const words = typeof key === "string" ? key : key.text;
    const work = key.request_contact
      ? () => this.shareContact()
      : () => this.sendText(words);
    return h("button", { class: `reply-key ${key.label ? "start" : ""}`, type: "button", "data-testid": "reply-key", onclick: work }, key.label ?? words);
  }
}
