"""Who exists and who is in which group: adding, leaving, blocking, upgrading a group."""

from collections.abc import Iterable

from bot.sandbox import forum
from bot.sandbox.conduct import Conduct
from bot.sandbox.errors import ImpossibleError, Json
from bot.sandbox.messages import Message
from bot.sandbox.people import ADMIN_RIGHTS, PRESENT, Chat, Member, Person, Topic

_FIRST_GROUP = 2_000_000_000
_SUPERGROUP = -1_000_000_000_000


class Membership(Conduct):
    """The comings and goings of people, groups and topics."""

    def add_user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "zh-hans",
        phone: str | None = None,
        user_id: int | None = None,
        role: str = "customer",
    ) -> Person:
        """Bring somebody into the world; their chat with the bot is empty and not yet started."""
        if user_id is None:
            user_id, self.next_person = self.next_person, self.next_person + 1
        person = Person(
            id=user_id,
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            phone=phone,
            role=role,
        )
        self.people[person.id] = person
        self.private_chat(person)
        self.audience.changed("people", dict)
        return person

    def add_group(
        self,
        title: str,
        *,
        kind: str = "supergroup",
        is_forum: bool = False,
        bot_rights: Iterable[str] | None = ADMIN_RIGHTS,
    ) -> Chat:
        """Found a group with the bot in it: an administrator with these rights, or a plain member (None)."""
        number = _FIRST_GROUP + sum(chat.person is None for chat in self.chats.values()) + 1
        chat_id = _SUPERGROUP - number if kind == "supergroup" else -number
        # The first message of a group is its founding, and 1 is also the id of General, which is no topic.
        chat = Chat(id=chat_id, kind=kind, title=title, is_forum=is_forum, last_id=1)
        status = "member" if bot_rights is None else "administrator"
        rights = frozenset(bot_rights or ())
        chat.members[self.bot.id] = Member(person=self.bot, status=status, rights=rights)
        self.chats[chat.id] = chat
        self.audience.changed("people", dict)
        return chat

    def add_forum(self, title: str, *, bot_rights: Iterable[str] | None = ADMIN_RIGHTS) -> Chat:
        """Found a forum supergroup: a desk."""
        return self.add_group(title, is_forum=True, bot_rights=bot_rights)

    def join(
        self,
        person_id: int,
        chat_id: int,
        *,
        status: str = "member",
        rights: Iterable[str] = (),
        by: int | None = None,
    ) -> Member:
        """Make somebody a member, an administrator, or take either away ("left", "kicked"); tells the bot.

        `by` is who did it to them; without, they did it themselves.
        """
        chat = self.chats[chat_id]
        person = self.person(person_id)
        before = chat.members.get(person_id, Member(person=person, status="left"))
        after = Member(person=person, status=status, rights=frozenset(rights))
        chat.members[person_id] = after
        kind = "my_chat_member" if person_id == self.bot.id else "chat_member"
        doer = person if by is None else self.person(by)
        self._tell_member(kind, chat, before.body(), after.body(), doer)
        if status in PRESENT and before.status not in PRESENT and chat.messages:
            self.post(chat, person, {"new_chat_members": [person.body]})
        self.audience.changed("people", dict)
        return after

    def leave(self, person_id: int, chat_id: int) -> None:
        """Take somebody out of a group."""
        self.join(person_id, chat_id, status="left")

    def demote_bot(self, chat_id: int, rights: Iterable[str] = (), *, by: int | None = None) -> None:
        """An administrator takes rights from the bot: it keeps `rights`, and is a plain member without any."""
        kept = frozenset(rights)
        status = "administrator" if kept else "member"
        self.join(self.bot.id, chat_id, status=status, rights=kept, by=by or self._owner(chat_id))

    def remove_bot(self, chat_id: int, *, by: int | None = None) -> None:
        """An administrator puts the bot out of the group."""
        self.join(self.bot.id, chat_id, status="kicked", by=by or self._owner(chat_id))

    def restore_bot(self, chat_id: int, *, by: int | None = None) -> None:
        """An administrator takes the bot in (again), with the usual rights."""
        self.join(
            self.bot.id, chat_id, status="administrator", rights=ADMIN_RIGHTS, by=by or self._owner(chat_id)
        )

    def _owner(self, chat_id: int) -> int:
        """Whoever may change members there."""
        chat = self.chats[chat_id]
        people = [one for one in chat.members.values() if not one.person.is_bot]
        owners = [one for one in people if one.status in {"creator", "administrator"}] or people
        return owners[0].person.id if owners else self.bot.id

    def _tell_member(self, kind: str, chat: Chat, before: Json, after: Json, by: Person) -> None:
        update = {
            "chat": chat.body,
            "from": by.body,
            "date": int(self.now()),
            "old_chat_member": before,
            "new_chat_member": after,
        }
        self.updates.add(kind, update, chat.id)

    def block(self, person_id: int) -> None:
        """Somebody blocks the bot."""
        self._set_blocked(person_id, blocked=True)

    def unblock(self, person_id: int) -> None:
        """Somebody lets the bot speak again."""
        self._set_blocked(person_id, blocked=False)

    def _set_blocked(self, person_id: int, *, blocked: bool) -> None:
        person = self.person(person_id)
        chat = self.private_chat(person)
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        sides = [Member(person=self.bot, status=one).body() for one in ("member", "kicked")]
        before, after = sides if blocked else reversed(sides)
        self._tell_member("my_chat_member", chat, before, after, person)
        self.audience.changed("people", dict)

    def delete_account(self, person_id: int) -> None:
        """Somebody leaves Telegram for good."""
        self.person(person_id).gone = True
        self.audience.changed("people", dict)

    def forum_topic(self, chat_id: int, thread_id: int) -> Topic:
        """Find a topic of a desk."""
        chat = self.chats.get(chat_id)
        topic = chat.topics.get(thread_id) if chat is not None else None
        if topic is None:
            raise ImpossibleError(f"there is no topic {thread_id}")
        return topic

    def open_topic(self, person_id: int, chat_id: int, name: str) -> Topic:
        """Somebody opens a topic by hand."""
        return forum.open_topic(self, self.chats[chat_id], self.person(person_id), name)

    def rename_topic(self, person_id: int, chat_id: int, thread_id: int, name: str) -> Message:
        """Somebody renames a topic by hand."""
        topic = self.forum_topic(chat_id, thread_id)
        return forum.rename_topic(self, self.chats[chat_id], topic, self.person(person_id), name)

    def close_topic(self, person_id: int, chat_id: int, thread_id: int) -> Message:
        """Somebody closes a topic by hand."""
        topic = self.forum_topic(chat_id, thread_id)
        return forum.shut_topic(self, self.chats[chat_id], topic, self.person(person_id), closed=True)

    def reopen_topic(self, person_id: int, chat_id: int, thread_id: int) -> Message:
        """Somebody opens a closed topic again by hand."""
        topic = self.forum_topic(chat_id, thread_id)
        return forum.shut_topic(self, self.chats[chat_id], topic, self.person(person_id), closed=False)

    def delete_topic(self, chat_id: int, thread_id: int) -> None:
        """Somebody deletes a topic by hand; the bot is not told."""
        forum.drop_topic(self, self.chats[chat_id], self.forum_topic(chat_id, thread_id))

    def upgrade_group(self, chat_id: int, *, is_forum: bool | None = None) -> Chat:
        """Turn a group into a supergroup with a new id; the old one only points there from now on.

        `is_forum` says whether it has topics then: what turning them on does to a basic group.
        """
        old = self.chats[chat_id]
        if old.moved_to is not None:
            raise ImpossibleError(f"{old.name} has moved already")
        new = self.add_group(old.title or "", is_forum=old.is_forum if is_forum is None else is_forum)
        new.members = dict(old.members)
        founder = next((one.person for one in old.members.values() if not one.person.is_bot), self.bot)
        self.post(old, founder, {"migrate_to_chat_id": new.id})
        self.post(new, founder, {"migrate_from_chat_id": old.id})
        old.moved_to = new.id
        return new
