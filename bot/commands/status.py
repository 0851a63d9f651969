"""`complaint-bot status`: what is waiting and what needs a person, read from the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from bot.complaint.errors import ComplaintError, StoreUnusable
from bot.complaint.evolving import replace
from bot.complaint.upkeep import RECENT, Condition, Remains
from bot.config import Settings, load_rules
from bot.office.clock import WallClock
from bot.office.watching.retiring import Overdue, overdue
from bot.store import Store, open_store
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.telegram.hook import Hook, hook_of
from bot.telegram.premises import Premises, address_of

LAG: Final = timedelta(minutes=5)
"""An arrival that waits longer for the clerk needs a person."""
STUCK: Final = timedelta(hours=1)
"""So does a letter, or a file that is to be fetched."""
FAILED: Final = timedelta(hours=1)
"""How long a failed webhook delivery counts as trouble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """All that was found at one moment, as text and as JSON."""

    at: datetime
    condition: Condition
    remains: Remains
    overdue: Overdue
    hook: Hook | None = None
    unheard: str = ""
    """Why Telegram did not say anything, where it was asked."""
    locked: str = ""
    """Why nothing can be written to the database."""
    desk: tuple[str, ...] = ()
    """What is wrong with the desk's common group."""

    def needs(self) -> Iterator[str]:
        """What needs a person, a line each."""
        if self.locked:
            yield f"the database takes no writes: {self.locked}"
        found, remains = self.condition, self.remains
        aside = [one for one in remains.set_aside if self.at - one.last < RECENT]
        if aside:
            yield f"{sum(one.count for one in aside)} arrivals could not be used"
        if found.promises_overdue:
            yield f"{found.promises_overdue} promises are overdue"
        if remains.unknown:
            yield f"{remains.unknown} letters may have gone out twice, or not at all"
        waits = (
            ("arrivals wait for the clerk", found.inbox_waiting, found.inbox_since, LAG),
            ("letters do not go out", found.letters_waiting, found.letters_since, STUCK),
            ("files are not fetched", found.files_waiting, found.files_since, STUCK),
        )
        for words, count, since, most in waits:
            if since is not None and self.at - since > most:
                yield f"{count} {words}, the oldest since {_moment(since)}"
        if self.hook is not None and self.hook.failed_since(self.at - FAILED):
            yield f"Telegram cannot bring updates: {self.hook.error}"
        yield from (f"the desk: {one}" for one in self.desk)
        if self.unheard:
            yield f"Telegram does not answer: {self.unheard}"

    def as_json(self) -> bytes:
        """One object; moments are ISO 8601 with zone."""
        found, remains, hook = self.condition, self.remains, self.hook
        told: dict[str, Any] = {
            "at": self.at,
            "needs_a_person": list(self.needs()),
            "database": {"schema": found.schema, "bytes": found.size},
            "inbox": {"waiting": found.inbox_waiting, "oldest": found.inbox_since},
            "set_aside": remains.set_aside,
            "outbox": [
                {"lane": one.lane.name.lower(), "waiting": one.count, "oldest": one.since}
                for one in found.lanes
            ],
            "unknown_outcome": remains.unknown,
            "open_cases": found.cases,
            "promises": {
                "open": found.promises_open,
                "overdue": found.promises_overdue,
                "missed": remains.promises_missed,
            },
            "files": {
                "waiting": found.files_waiting,
                "oldest": found.files_since,
                "lost": remains.files_lost,
            },
            "topics": {"open": remains.topics_open, "gone": remains.topics_gone},
            "retention": {"due": self.overdue.due, "held": self.overdue.held},
            "timers": found.timers,
            "telegram": None
            if hook is None
            else {
                "webhook": bool(hook.url),
                "waiting": hook.waiting,
                "last_error": hook.error or None,
                "last_error_at": hook.error_at,
            },
        }
        return msgspec.json.encode(told)

    def as_text(self) -> Iterator[str]:
        """Lines for people."""
        found, remains = self.condition, self.remains
        yield f"database    schema {found.schema}, {found.size / 1_000_000:.1f} MB"
        yield f"inbox       {_waiting(found.inbox_waiting, found.inbox_since)}"
        for aside in remains.set_aside:
            yield (
                f"  set aside {aside.count} from {aside.source}: {aside.reason}, last {_moment(aside.last)}"
            )
        yield f"outbox      {_waiting(found.letters_waiting, found.letters_since)}"
        for lane in found.lanes:
            yield f"  {lane.lane.name.lower():<9} {_waiting(lane.count, lane.since)}"
        yield f"open cases  {sum(one.count for one in found.cases)}"
        for cases in found.cases:
            yield f"  {cases.queue.value}, severity {int(cases.severity)}: {cases.count}"
        promises = f"{found.promises_open} open, {found.promises_overdue} overdue"
        yield f"promises    {promises}, {remains.promises_missed} missed so far"
        yield f"files       {_waiting(found.files_waiting, found.files_since)}, {remains.files_lost} lost"
        yield f"topics      {remains.topics_open} open, {remains.topics_gone} to be opened anew"
        yield f"retention   {self.overdue.due} cases become anonymous next, {self.overdue.held} are held longer"
        if self.hook is not None:
            how = "brought by webhook" if self.hook.url else "fetched"
            yield f"telegram    updates are {how}, {self.hook.waiting} wait there"
        needs = list(self.needs())
        yield "needs a person:" if needs else "nothing needs a person"
        yield from (f"  {one}" for one in needs)


async def status_of(settings: Settings) -> Status:
    """Look at the database and, with a token, ask Telegram.

    Raises:
        StoreUnusable: there is no database, or it cannot be read.
        BrandFileWrong: it says how long cases are kept, and cannot be read.
    """
    now, rules = WallClock().now(), load_rules(settings.brand)
    store = await open_store(settings.database, create=False)
    try:
        condition, remains = await store.condition(now), await store.remains(now)
        locked = await _unwritable(store)
        late = await overdue(store, rules, now)
    finally:
        await store.close()
    found = Status(at=now, condition=condition, remains=remains, overdue=late, locked=locked)
    return await _with_telegram(found, settings)


async def _unwritable(store: Store) -> str:
    try:
        await store.check_writable()
    except StoreUnusable as error:
        return error.detail
    return ""


async def _with_telegram(found: Status, settings: Settings) -> Status:
    """What Telegram says of the webhook and of the desk, where a token is given."""
    if settings.token is None:
        return found
    address = Address(settings.api_url, settings.token)
    try:
        async with Telegram(address) as telegram:
            found = replace(found, hook=await hook_of(telegram))
            if settings.desk is None:
                return found
            premises = Premises(telegram, await address_of(telegram, settings.desk), WallClock().now)
            return replace(found, desk=tuple(await premises.findings(address.bot_id)))
    except ComplaintError as error:
        return replace(found, unheard=error.detail or str(error))


def _waiting(count: int, since: datetime | None) -> str:
    return f"{count} waiting" if since is None else f"{count} waiting, the oldest since {_moment(since)}"


def _moment(at: datetime) -> str:
    return at.astimezone().isoformat(timespec="seconds")
