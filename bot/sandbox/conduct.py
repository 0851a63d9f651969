"""What people do: write, send files, edit, react and press buttons.

Every move goes through the rules of a Telegram app (nobody presses a button that is not there) and reaches
the bot as the update that Telegram would send.
"""

from collections.abc import Sequence

from bot.sandbox.errors import ImpossibleError, Json
from bot.sandbox.files import Upload
from bot.sandbox.markup import parse_html, trimmed, with_found
from bot.sandbox.messages import Message
from bot.sandbox.people import Chat, Person
from bot.sandbox.state import Query, State

DEFAULT_PHONE = "+8613800000000"


class Conduct(State):
    """The actions of people."""

    def place(self, person_id: int, chat_id: int | None, thread_id: int | None) -> tuple[Person, Chat]:
        """Find who writes and where, and make sure that they can."""
        person = self.person(person_id)
        chat = self.private_chat(person) if chat_id is None else self.chats.get(chat_id)
        if chat is None or not chat.admits(person):
            raise ImpossibleError(f"{person.name} sees no chat {chat_id}")
        if person.gone:
            raise ImpossibleError(f"{person.name} has deleted the account")
        if chat.blocked:
            raise ImpossibleError(f"{person.name} has blocked the bot and must unblock it first")
        member = chat.members.get(person_id)
        if member is not None and member.status == "kicked":
            raise ImpossibleError(f"{person.name} is banned from {chat.name}")
        self._check_topic(person, chat, thread_id)
        return person, chat

    def _check_topic(self, person: Person, chat: Chat, thread_id: int | None) -> None:
        if thread_id is None:
            return
        topic = chat.topics.get(thread_id)
        if topic is None:
            raise ImpossibleError(f"there is no topic {thread_id} in {chat.name}")
        if topic.closed and not chat.may(person.id, "can_manage_topics"):
            raise ImpossibleError(f"the topic {topic.name} is closed")

    def private_chat(self, person: Person) -> Chat:
        """Give somebody's chat with the bot."""
        chat = self.chats.get(person.id)
        if chat is None:
            chat = self.chats[person.id] = Chat(id=person.id, kind="private", person=person)
        return chat

    def send(
        self,
        person_id: int,
        content: Json,
        *,
        chat_id: int | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
        forwarded_from: str | None = None,
    ) -> Message:
        """Send any content: into the private chat with the bot, or into `chat_id` and its topic.

        Raises:
            ImpossibleError: this person cannot write there.
        """
        person, chat = self.place(person_id, chat_id, thread_id)
        answered = None
        if reply_to is not None:
            answered = self.message(chat.id, reply_to)
            if answered is None:
                raise ImpossibleError(f"there is no message {reply_to} to answer in {chat.name}")
            thread_id = thread_id or answered.thread_id
            self._check_topic(person, chat, thread_id)
        if forwarded_from is not None:
            origin = {"type": "hidden_user", "sender_user_name": forwarded_from, "date": int(self.now())}
            content = {**content, "forward_origin": origin}
        if chat.is_private:
            self._use_keyboard(chat)
        return self.post(chat, person, content, thread_id=thread_id, reply_to=answered)

    def _use_keyboard(self, chat: Chat) -> None:
        """A first word starts the chat; a keyboard for one answer goes when the answer is given."""
        chat.started = True
        if chat.keyboard is not None and chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = None
            self.audience.changed("people", dict)

    def say(
        self,
        person_id: int,
        text: str,
        *,
        chat_id: int | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
        html: bool = False,
        forwarded_from: str | None = None,
    ) -> Message:
        """Send words; `html` formats them."""
        content = _words(text, html=html)
        return self.send(
            person_id,
            content,
            chat_id=chat_id,
            thread_id=thread_id,
            reply_to=reply_to,
            forwarded_from=forwarded_from,
        )

    def send_file(  # noqa: PLR0913 - as above
        self,
        person_id: int,
        kind: str,
        upload: Upload,
        *,
        caption: str = "",
        duration: int | None = None,
        chat_id: int | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
        album: str | None = None,
    ) -> Message:
        """Send a photo, document, voice, audio, video, video_note, animation or sticker."""
        self.place(person_id, chat_id, thread_id)
        content = self.files.keep(kind, upload, duration=duration).content()
        content |= _caption(caption)
        if album is not None:
            content["media_group_id"] = album
        return self.send(person_id, content, chat_id=chat_id, thread_id=thread_id, reply_to=reply_to)

    def send_album(
        self,
        person_id: int,
        uploads: Sequence[tuple[str, Upload]],
        *,
        caption: str = "",
        chat_id: int | None = None,
        thread_id: int | None = None,
    ) -> list[Message]:
        """Send several media as one album; the caption stands under the first."""
        album = f"album{self.next_album}"
        self.next_album += 1
        return [
            self.send_file(
                person_id,
                kind,
                upload,
                caption=caption if number == 0 else "",
                chat_id=chat_id,
                thread_id=thread_id,
                album=album,
            )
            for number, (kind, upload) in enumerate(uploads)
        ]

    def share_contact(
        self, person_id: int, *, phone: str | None = None, reply_to: int | None = None
    ) -> Message:
        """Share the own telephone number with the bot."""
        person = self.person(person_id)
        contact = {
            "phone_number": phone or person.phone or DEFAULT_PHONE,
            "first_name": person.first_name,
            "user_id": person.id,
        }
        return self.send(person_id, {"contact": contact}, reply_to=reply_to)

    def share_location(
        self,
        person_id: int,
        latitude: float,
        longitude: float,
        *,
        chat_id: int | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Share a place on the map."""
        location = {"latitude": latitude, "longitude": longitude}
        return self.send(person_id, {"location": location}, chat_id=chat_id, thread_id=thread_id)

    def edit(
        self, person_id: int, chat_id: int, message_id: int, text: str, *, html: bool = False
    ) -> Message:
        """Change the words of an own message."""
        message = self._reachable(person_id, chat_id, message_id)
        if message.sender.id != person_id:
            raise ImpossibleError("people can only edit what they wrote themselves")
        if message.media is not None:
            changes, removed = _caption(text), ("caption", "caption_entities")
        else:
            changes, removed = _words(text, html=html), ("text", "entities")
        self.revise(message, changes, by=message.sender, removed=removed)
        return message

    def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message by hand; Telegram tells no bot of it."""
        message = self.message(chat_id, message_id)
        if message is None:
            raise ImpossibleError(f"there is no message {message_id}")
        self.erase(message)

    def _reachable(self, person_id: int, chat_id: int, message_id: int) -> Message:
        self.place(person_id, chat_id, None)
        message = self.message(chat_id, message_id)
        if message is None:
            raise ImpossibleError(f"there is no message {message_id}")
        return message

    def react(self, person_id: int, chat_id: int, message_id: int, emoji: str | None) -> None:
        """React with an emoji, or take the reaction back (None)."""
        message = self._reachable(person_id, chat_id, message_id)
        chat = self.chats[chat_id]
        before = message.reactions.get(person_id, [])
        after = [emoji] if emoji else []
        message.reactions[person_id] = after
        is_heard = not chat.is_private and chat.members[self.bot.id].status == "administrator"
        if is_heard and before != after:
            update = {
                "chat": chat.body,
                "message_id": message_id,
                "user": self.people[person_id].body,
                "date": int(self.now()),
                "old_reaction": [{"type": "emoji", "emoji": one} for one in before],
                "new_reaction": [{"type": "emoji", "emoji": one} for one in after],
            }
            self.updates.add("message_reaction", update, f"reaction:{chat_id}")
        self.audience.changed("edited", lambda: {"message": message.view()})

    def press(
        self,
        person_id: int,
        chat_id: int,
        message_id: int,
        *,
        text: str | None = None,
        data: str | None = None,
    ) -> Query:
        """Press an inline button, found by its words or its data; the answer comes into the query.

        Raises:
            ImpossibleError: no such button, or it is one that sends nothing.
        """
        message = self._reachable(person_id, chat_id, message_id)
        button = message.button(text, data)
        if button is None or "callback_data" not in button:
            raise ImpossibleError(f"there is no such button under message {message_id}: {text or data}")
        return self.press_unseen(person_id, message, button["callback_data"])

    def press_unseen(self, person_id: int, message: Message, data: str) -> Query:
        """Send button data that the message does not (any longer) show, as an old screen or a forger can."""
        person = self.person(person_id)
        number = len(self.queries) + 1
        query = Query(
            id=f"{4_000_000_000 + number}",
            person_id=person_id,
            chat_id=message.chat_id,
            message_id=message.id,
            data=data,
            at=self.now(),
        )
        self.queries[query.id] = query
        update = {
            "id": query.id,
            "from": person.body,
            "message": message.body,
            "chat_instance": str(message.chat_id),
            "data": data,
        }
        self.updates.add("callback_query", update, person_id)
        return query


def _words(text: str, *, html: bool = False) -> Json:
    plain, entities = parse_html(text) if html else (text, [])
    plain, entities = trimmed(plain, entities)
    if not plain:
        raise ImpossibleError("an empty message cannot be sent")
    entities = with_found(plain, entities)
    return {"text": plain, "entities": entities} if entities else {"text": plain}


def _caption(caption: str) -> Json:
    words = _words(caption) if caption.strip() else {}
    names = {"text": "caption", "entities": "caption_entities"}
    return {names[key]: value for key, value in words.items()}
