"""Events of the brand's own accounts: connections, words from the phone, deletions."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.complaint.actions import Lane, Remark, Situation, Tell, Turn
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.doors import OWN_CHAT, Account, door_of
from bot.complaint.events import (
    AccountChanged,
    CustomerWrote,
    Erased,
    Event,
    PhoneWrote,
    Undelivered,
    WroteNowhere,
)
from bot.complaint.letters import LetterKind, Outcome
from bot.complaint.records import Entry
from bot.complaint.seen import mark_on
from bot.desk import mind
from bot.desk.cases.shut_doors import shut_out
from bot.desk.words.phone import by_phone
from bot.office.booking.journal import TAKEN_BACK, erased_entry
from bot.office.lookup.history import History
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.worksheet import Worksheet
from bot.policy.rules import Rules
from bot.policy.several import turned_to
from bot.policy.visiting import typed
from bot.reading.privacy import masked
from bot.store.port import Store

_log = structlog.get_logger(__name__)
OURS = (AccountChanged, PhoneWrote, Erased, WroteNowhere)
A_MOMENT: Final = timedelta(minutes=1)
"""Telegram tells of our own deletions too, at once."""

Finish = Callable[[Turn, Conversation | None, Case | None, Event, Worksheet, Situation], Awaitable[None]]
TellDesk = Callable[[Tell | None, Worksheet, datetime], None]


class Accounts:
    """Serves events of the brand's own accounts."""

    def __init__(self, store: Store, lookup: Lookup, rules: Rules, finish: Finish, tell: TellDesk) -> None:
        self._store = store
        self._history = History(store)
        self._lookup = lookup
        self._rules = rules
        self._finish = finish
        self._tell = tell

    @staticmethod
    def concerns(event: Event) -> bool:
        """Whether it serves this event."""
        return isinstance(event, OURS) or (
            isinstance(event, Undelivered)
            and event.outcome == Outcome.SHUT
            and event.chat > 0
            and event.kind != LetterKind.DELETE
        )

    def understood(self, event: Event, sheet: Worksheet) -> Event:
        """A typed answer in an account's chat, as the press that it stands for."""
        if not isinstance(event, CustomerWrote) or door_of(event.message) == OWN_CHAT:
            return event
        return typed(event, sheet.talk(event.chat), numbered=not self._rules.account_buttons)

    async def serve(self, event: Event, sheet: Worksheet, arrived: datetime) -> None:
        """Do what the event asks for."""
        match event:
            case AccountChanged():
                await self._changed(event, sheet, arrived)
            case PhoneWrote():
                await self._by_phone(event, sheet, arrived)
            case Erased():
                await self._erased(event, sheet, arrived)
            case WroteNowhere():
                self._unplaced(event, sheet, arrived)
            case Undelivered():
                await self._shut(event, sheet, arrived)

    async def _changed(self, event: AccountChanged, sheet: Worksheet, arrived: datetime) -> None:
        """Store the bot's new rights, and tell the desk if they matter."""
        before = sheet.changes.accounts.get(event.account.door)
        if before is None:
            before = {one.door: one for one in await self._store.accounts()}.get(event.account.door)
        account = event.account.after(before)
        if account == before:
            return
        sheet.keep_account(account)
        news = _news(before, account)
        _log.info("account_changed", door=account.door, news=news)
        if news:
            fields = {"name": account.name, "news": news, "reads": account.can_read}
            lane = Lane.DESK if account.speaks else Lane.URGENT
            told = Tell(
                name="account_changed", fields=fields, general=True, lane=lane, key=f"account:{account.door}"
            )
            self._tell(told, sheet, arrived)

    def _unplaced(self, event: WroteNowhere, sheet: Worksheet, arrived: datetime) -> None:
        """A message to an account that is no longer connected: show it in General."""
        fields = {"by": event.sender.name, "words": masked(event.text).text, "kind": event.kind}
        told = Tell(name="account_unknown", fields=fields, general=True, lane=Lane.URGENT)
        self._tell(told, sheet, arrived)

    async def _by_phone(self, event: PhoneWrote, sheet: Worksheet, arrived: datetime) -> None:
        chat = sheet.talk(event.chat)
        before = sheet.case(chat.case_no)
        talk = turned_to(chat, before) if before is not None else chat
        if before is None or not before.is_open:
            sheet.keep_talk(chat.evolve(hushed_at=event.at, hushed_by=event.sender))
            return
        situation = self._bare(sheet, arrived, before)
        turn = by_phone(event, before, talk, rules=self._rules, situation=situation)
        turn = mind(turn, before, event, rules=self._rules, at=situation.now)
        await self._finish(turn, chat, before, event, sheet, situation)

    async def _erased(self, event: Erased, sheet: Worksheet, arrived: datetime) -> None:
        chat = sheet.talk(event.chat)
        before = sheet.case(chat.case_no)
        if before is None:
            return
        lines = await self._history.lines(before, sheet.changes.entries)
        if _by_ourselves(event, lines):
            return
        open_ones = [one for one in lines if mark_on(before.restricted, one.chat, one.message) is None]
        told = (_told_erased(event, open_ones),) if before.at_desk else ()
        remark = Remark(what="erased_in_chat", why=str(len(event.messages)))
        sheet.changes.entries += [erased_entry(event, one, before.no) for one in event.messages]
        turn = Turn(conversation=turned_to(chat, before), case=before, actions=(remark, *told))
        await self._finish(turn, chat, before, event, sheet, self._bare(sheet, arrived, before))

    async def _shut(self, event: Undelivered, sheet: Worksheet, arrived: datetime) -> None:
        before = sheet.case(event.case_no)
        if before is None:
            return
        chat = sheet.talk(before.chat)
        situation = self._bare(sheet, arrived, before)
        turn = shut_out(event, before, turned_to(chat, before), rules=self._rules, situation=situation)
        turn = mind(turn, before, event, rules=self._rules, at=situation.now)
        await self._finish(turn, chat, before, event, sheet, situation)

    def _bare(self, sheet: Worksheet, arrived: datetime, case: Case | None) -> Situation:
        return self._lookup.bare(sheet, arrived, case)


def _news(before: Account | None, now: Account) -> str:
    """What has changed, in one word; empty where nobody needs to know."""
    if not now.enabled:
        return "gone" if before is None or before.enabled else ""
    if before is None:
        return "connected" if now.can_reply else "mute"
    if not before.enabled:
        return "back" if now.can_reply else "mute"
    if before.can_reply != now.can_reply:
        return "speaks" if now.can_reply else "mute"
    return "replaced" if before.connection != now.connection else ""


def _by_ourselves(event: Erased, lines: Sequence[Entry]) -> bool:
    """Whether a colleague's own `/delete` caused the deletion."""
    theirs = {one.message for one in lines if one.chat == event.chat and one.who in {"customer", "agent"}}
    back = [one.at for one in lines if (one.media or {}).get("kind") == TAKEN_BACK and one.chat != event.chat]
    return theirs.isdisjoint(event.messages) and bool(back) and event.at - back[-1] < A_MOMENT


def _told_erased(event: Erased, lines: Sequence[Entry]) -> Tell:
    """The topic reads once more what was deleted, as far as it was words of the case."""
    said = {
        one.message: one.text for one in lines if one.chat == event.chat and one.who in {"customer", "agent"}
    }
    words = "\n".join(said[one] for one in event.messages if said.get(one))
    fields = {"count": len(event.messages), "words": masked(words).text}
    return Tell(name="customer_erased", fields=fields)
