"""The simulated Telegram, as tests and the control API use it."""

import asyncio
from collections.abc import Callable

import msgspec

from bot.sandbox.errors import ImpossibleError, Json
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.messages import Message
from bot.sandbox.people import Topic
from bot.sandbox.squares import Squares

PATIENCE = 60.0


class World(Squares):
    """People, chats, the bot's updates, and every fault that a test may want.

    Time comes from `now` (seconds since 1970); ids are the same in every run. Use it from one event loop.
    """

    def history(
        self, chat_id: int, *, thread_id: int | None = None, everything: bool = False
    ) -> list[Message]:
        """List the messages of a chat in order, or of one topic; with `everything` the deleted ones too."""
        chat = self.chats.get(chat_id)
        return [
            message
            for message in (chat.messages.values() if chat is not None else ())
            if (everything or not message.deleted) and thread_id in {None, message.thread_id}
        ]

    def from_bot(self, chat_id: int, *, thread_id: int | None = None) -> list[Message]:
        """List what the bot has said in a chat, service messages left out."""
        return [
            message
            for message in self.history(chat_id, thread_id=thread_id)
            if message.from_bot and message.service is None
        ]

    def topics(self, chat_id: int) -> list[Topic]:
        """List the topics of a desk, oldest first."""
        chat = self.chats.get(chat_id)
        return list(chat.topics.values()) if chat is not None else []

    @property
    def mark(self) -> int:
        """The number of the newest message: "from here on" for `wait_for`."""
        return len(self.messages)

    async def wait_for(
        self,
        predicate: Callable[[Message], bool],
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a test's patience
        *,
        after: int = 0,
    ) -> Message:
        """Wait for the first message after `after` (see `mark`) that the predicate likes, past ones included.

        Raises:
            TimeoutError: none came within `timeout` seconds.
        """

        def look() -> Message | None:
            return next((one for one in self.messages[after:] if not one.deleted and predicate(one)), None)

        found = await self.audience.wait_until(look, timeout)
        if not isinstance(found, Message):
            raise TypeError(found)
        return found

    async def wait_until(self, check: Callable[[], object], timeout: float = PATIENCE) -> object:  # noqa: ASYNC109 - as above
        """Wait until `check()` is true; it is asked again at every change of the world.

        Raises:
            TimeoutError: it was not within `timeout` seconds.
        """
        return await self.audience.wait_until(check, timeout)

    def fail_next(
        self,
        method: str = "*",
        *,
        times: int = 1,
        code: int = 500,
        retry_after: int = 1,
        chat_id: int | None = None,
    ) -> Fault:
        """Let the next calls be refused without effect: 429 (with `retry_after`), 500, 502 or another.

        The method "*" without a chat means any call but getUpdates.
        """
        fault = Fault(
            trouble=Trouble.ANSWER,
            method=method,
            times=times,
            code=code,
            retry_after=retry_after,
            chat_id=chat_id,
        )
        self.faults.coming.append(fault)
        return fault

    def delay_next(
        self,
        method: str = "*",
        *,
        seconds: float,
        times: int = 1,
        chat_id: int | None = None,
    ) -> Fault:
        """Let the answers to the next calls come `seconds` late."""
        fault = Fault(
            trouble=Trouble.DELAY,
            method=method,
            times=times,
            seconds=seconds,
            chat_id=chat_id,
        )
        self.faults.coming.append(fault)
        return fault

    def reset_next(
        self,
        method: str = "*",
        *,
        after_effect: bool,
        times: int = 1,
        chat_id: int | None = None,
    ) -> Fault:
        """Let the line break during the next calls: before anything happened, or after it all did."""
        trouble = Trouble.RESET_AFTER if after_effect else Trouble.RESET_BEFORE
        fault = Fault(trouble=trouble, method=method, times=times, chat_id=chat_id)
        self.faults.coming.append(fault)
        return fault

    def pause_chat(self, chat_id: int, seconds: float) -> None:
        """Answer 429 to everything said into this chat for a while."""
        self.pace.pause(chat_id, seconds)

    def poison(self, raw: bytes | None = None) -> int:
        """Queue an update that no library can read: JSON, yet a message without chat and date."""
        update_id = self.updates.next_id
        broken = b'{"update_id":%d,"message":{"message_id":"seven"}}' % update_id
        return self.updates.add_raw(raw or broken)

    def repeat_update(self, update_id: int) -> None:
        """Deliver a waiting update twice.

        Raises:
            ImpossibleError: it is confirmed already, or never was.
        """
        if not any(one.update_id == update_id for one in self.updates.waiting):
            raise ImpossibleError(f"update {update_id} is not waiting")
        self.updates.repeat(update_id)

    def pending(self) -> list[Json]:
        """List the updates that the bot has not confirmed."""
        return [msgspec.json.decode(one.raw) for one in self.updates.waiting]

    def calls_of(self, method: str, chat_id: int | None = None) -> int:
        """Count the successful calls of a method."""
        return sum(one.ok and one.method == method and chat_id in {None, one.chat_id} for one in self.calls)

    async def crowd(self, customers: int, texts: list[str], *, per_second: float | None = None) -> list[int]:
        """Let many new customers write the same texts in turn, at a rate or at once; give their ids."""
        people = [self.add_user(f"Customer {number + 1}", language_code="en") for number in range(customers)]
        loop = asyncio.get_running_loop()
        started, sent = loop.time(), 0
        for text in texts:
            for person in people:
                if per_second is not None and (late := started + sent / per_second - loop.time()) > 0:
                    await asyncio.sleep(late)
                self.say(person.id, text)
                sent += 1
        return [person.id for person in people]

    def counts(self) -> Json:
        """Count what there is."""
        return {
            "people": len(self.people) - 1,
            "messages": len(self.messages),
            "from_bot": sum(one.from_bot for one in self.messages),
            "waiting_updates": len(self.updates.waiting),
            "calls": len(self.calls),
            "refused_calls": sum(not one.ok for one in self.calls),
            "topics": sum(len(chat.topics) for chat in self.chats.values()),
        }
