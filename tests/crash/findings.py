"""What must be true after a crash run; every violation is a finding, in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any

import msgspec

from tests.crash.books import rows
from tests.crash.owed import missing
from tests.crash.people import People
from tests.outpost import LittleTelegram, Post
from tests.processes import ROOT

SENT = ("sent", "maybe_twice", "merged")
SPOKEN = ("text", "copy", "album")
LETTERS = "SELECT id, kind, chat, line, outcome, message, attempts, reason, body FROM outbox ORDER BY id"
TOPICS = "SELECT thread, case_no FROM topics"
INBOX = "SELECT outcome, reason, count(*) FROM inbox GROUP BY outcome, reason"
STANDBY = tuple(
    file.read_text(encoding="utf-8").rpartition("#}")[2].strip().partition("\n")[0]
    for pattern in ("desk/*/standby_*.j2", "*/standby/*.j2")
    for file in sorted((ROOT / "replies").glob(pattern))
)
"""How everything begins that is said while the database is away: no letter, for none can be kept."""
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter of the outbox."""

    id: int
    kind: str
    chat: int
    line: str
    outcome: str
    message: int | None
    attempts: int
    reason: str
    place: str | None
    """Where a message stands that later letters only edit: the card."""


class Fault(StrEnum):
    """What kind of wrong it is."""

    WORDS_LOST = "words lost"
    WORDS_TWICE = "words recorded twice"
    REPLY_LOST = "replies lost"
    DOUBLED = "doubled without a mark"
    DISORDER = "out of order"
    OTHER = "other"


@dataclass(slots=True)
class Findings:
    """All that is wrong, of which kind, and the figures of what was looked at."""

    wrong: list[str] = field(default_factory=list)
    faults: Counter[Fault] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)

    def add(self, fault: Fault, sentences: Iterable[str]) -> None:
        """Note what is wrong."""
        for sentence in sentences:
            self.wrong.append(sentence)
            self.faults[fault] += 1


async def look_through(post: Post, telegram: LittleTelegram, people: People) -> Findings:
    """Compare what people wrote, what the bot keeps, and what Telegram has."""
    found = Findings()
    exported = sorted(await post.export(), key=lambda case: case["opened_at"])
    letters = [_sent(row) for row in await rows(post, LETTERS)]
    await _inbox(post, found)
    await _timers(post, exported, found)
    _customers(people, exported, found)
    found.add(Fault.REPLY_LOST, await missing(people, telegram, exported))
    await _desk(telegram, await case_of_topic(post), people, exported, found)
    _letters(letters, found)
    for chat in [*people.said, telegram.desk]:
        await _place(telegram, chat, [one for one in letters if one.chat == chat], found)
    return found


def _sent(row: Sequence[Any]) -> Sent:
    place = msgspec.json.decode(row[-1]).get("place")
    return Sent(*(*row[:-1], place))


async def case_of_topic(post: Post) -> dict[int, str]:
    """The case of each topic."""
    return dict(await rows(post, TOPICS))


async def _inbox(post: Post, found: Findings) -> None:
    for outcome, reason, count in await rows(post, INBOX):
        if outcome not in ("done", "skipped"):
            found.add(Fault.WORDS_LOST, [f"{count} rows of the inbox are {outcome}: {reason}"])
        else:
            found.figures[f"inbox {outcome}"] += count


async def _timers(post: Post, exported: Sequence[Record], found: Findings) -> None:
    """Whoever was promised something has a clock running for it, and no open case is left without one."""
    timers: dict[str, set[str]] = {}
    for case_no, key in await rows(post, "SELECT case_no, key FROM timers"):
        timers.setdefault(case_no, set()).add(key)
    for case in exported:
        keys = timers.get(case["case_no"], set())
        due = [one["id"] for one in case["promises"] if one["status"] == "open"]
        found.figures["open promises"] += len(due)
        found.add(
            Fault.OTHER,
            (f"{case['case_no']}: no timer for the promise {one}" for one in due if f"due:{one}" not in keys),
        )
        if case["closed_at"] is None and not keys and case["control"] == "bot":
            found.add(Fault.OTHER, [f"{case['case_no']}: open ({case['status']}), and nothing will wake it"])
        if case["control"] == "queued" and not due:
            found.add(Fault.OTHER, [f"{case['case_no']}: waits for a person, and no answer is promised"])


def _customers(people: People, exported: Sequence[Record], found: Findings) -> None:
    """Every message of a customer stands in the export once, in order."""
    for person, said in people.said.items():
        kept = [
            (one["message_id"], one["text"])
            for case in exported
            if case["customer"]["telegram_id"] == person
            for one in case["messages"]
            if one["from"] == "customer"
        ]
        found.figures["customers"] += 1
        found.figures["messages of customers"] += len(said)
        found.figures["words recorded"] += len(set(said) & set(kept))
        _compare(f"customer {person}", said, kept, found)


async def _desk(
    telegram: LittleTelegram,
    topics: dict[int, str],
    people: People,
    exported: Sequence[Record],
    found: Findings,
) -> None:
    """Every line of an agent stands in the export once, in order; what is no note reached the customer."""
    by_no = {case["case_no"]: case for case in exported}
    for thread, said in people.answered.items():
        case = by_no.get(topics.get(thread, ""))
        if case is None:
            found.add(Fault.WORDS_LOST, [f"topic {thread} belongs to no case"])
            continue
        lines = [one for one in case["messages"] if one["from"] == "agent"]
        kept = [(one["message_id"], one["text"]) for one in lines]
        found.figures["lines of agents"] += len(said)
        found.figures["notes"] += sum(one["note"] for one in lines)
        _compare(f"topic {thread}", said, kept, found)
        heard = [one["text"] for one in await telegram.said_by_bot(case["customer"]["telegram_id"])]
        meant = [one["text"] for one in lines if not one["note"]]
        found.add(
            Fault.REPLY_LOST,
            (f"topic {thread}: “{text}” never reached the customer" for text in meant if text not in heard),
        )
        noted = [one["text"] for one in lines if one["note"]]
        found.add(
            Fault.OTHER, (f"topic {thread}: a note reached the customer" for text in noted if text in heard)
        )
        if _in_order(heard, meant) != meant:
            found.add(Fault.DISORDER, [f"topic {thread}: the agent's words came out of order"])


def _in_order(heard: Sequence[str], meant: Sequence[str]) -> list[str]:
    """The words that were meant, as they were first heard."""
    wanted = set(meant)
    return list(dict.fromkeys(text for text in heard if text in wanted))


def _compare(
    where: str, said: Sequence[tuple[int, str]], kept: Sequence[tuple[int, str]], found: Findings
) -> None:
    """What was said stands there once, in order."""
    times = Counter(kept)
    lost = [f"{where}: “{text}” is lost" for number, text in said if (number, text) not in times]
    twice = [
        f"{where}: “{text}” stands there {count} times" for (_, text), count in times.items() if count > 1
    ]
    found.add(Fault.WORDS_LOST, lost)
    found.add(Fault.WORDS_TWICE, twice)
    if not lost and not twice and list(said) != list(kept):
        found.add(Fault.DISORDER, [f"{where}: the order is {[number for number, _ in kept]}"])


def _letters(letters: Iterable[Sent], found: Findings) -> None:
    """Everything in the outbox was sent, or a newer version of it was."""
    for one in letters:
        found.figures[f"letters {one.outcome}"] += 1
        if one.outcome not in (*SENT, "replaced"):
            found.add(Fault.REPLY_LOST, [f"letter {one.id} ({one.kind}) is {one.outcome}: {one.reason}"])


async def _place(telegram: LittleTelegram, chat: int, letters: Sequence[Sent], found: Findings) -> None:
    """No reply twice but those that say so, each line in order of its letters."""
    messages = await telegram.said_by_bot(chat)
    carried: dict[int, list[Sent]] = {}
    for one in letters:
        if one.kind in SPOKEN and one.outcome in SENT and one.message is not None:
            carried.setdefault(one.message, []).append(one)
    found.figures["messages of the bot"] += len(messages)
    there = {one["message_id"] for one in messages}
    found.add(
        Fault.REPLY_LOST,
        (
            f"chat {chat}: letter {one[0].id} was sent, and is not there"
            for number, one in carried.items()
            if number not in there
        ),
    )
    _order(chat, carried, found)
    _doubles(chat, messages, carried, found)


def _order(chat: int, carried: dict[int, list[Sent]], found: Findings) -> None:
    lines: dict[str, list[tuple[int, int]]] = {}
    for number, group in sorted(carried.items()):
        # of a message that is edited in place, the first letter made it
        made = group[:1] if group[0].place else group
        for one in made:
            lines.setdefault(one.line, []).append((number, one.id))
    for line in lines.values():
        found.add(
            Fault.DISORDER,
            (
                f"chat {chat}: letter {first} was said before letter {second}"
                for (_, first), (_, second) in pairwise(sorted(line))
                if second < first
            ),
        )


def _doubles(chat: int, messages: Sequence[Record], carried: dict[int, list[Sent]], found: Findings) -> None:
    """A message that no letter names is another try of a marked letter in its place.

    Mostly an earlier try of what comes next. A bot that stood still in the middle of its call makes it late: then
    the marked letter stands further up.
    """
    for place, message in enumerate(messages):
        text = message["text"]
        if message["message_id"] in carried:
            continue
        if text.startswith(STANDBY):
            found.figures["said while the database was away"] += 1
            continue
        before, following = (
            [
                (one, carried[one["message_id"]])
                for one in part
                if one["message_id"] in carried and one["thread_id"] == message["thread_id"]
            ]
            for part in (messages[:place], messages[place + 1 :])
        )
        late = any(_comes_again(text, before[start:]) for start in range(len(before)))
        if late or _comes_again(text, following):
            found.figures["doubled and marked"] += 1
        else:
            found.add(Fault.DOUBLED, [f"chat {chat}: “{text[:40]}” was said once too often"])


def _comes_again(text: str, following: Sequence[tuple[Record, list[Sent]]]) -> bool:
    """Whether these words come again in letters that were marked; letters that went together may come apart."""
    words: list[str] = []
    for message, letters in following:
        if not any(one.outcome == "maybe_twice" for one in letters):
            return False
        words.append(message["text"])
        if text in ("\n".join(words), "\n\n".join(words)) or (letters[0].place and message["edited"]):
            return True
    return False
