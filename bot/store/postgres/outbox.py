"""The outbox: letters that wait, and what their receipts change."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.complaint.errors import SomeoneWasFirst
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageRef
from bot.complaint.letters import Letter, LetterKind, Outcome, Receipt
from bot.complaint.records import Arrival, Topic
from bot.store.casework import readable
from bot.store.port import NO_LETTER, News, SentToGroup
from bot.store.postgres.bundle import Bundle, Part
from bot.store.postgres.cabinet import Cabinet
from bot.store.postgres.inbox import put_in
from bot.store.postgres.watchman import spelled
from bot.store.rows import Row, moment_or_none, stamp, stamp_or_none
from bot.store.traces import ARRIVED, Traces, first_message, followed, parts_of

TRIES = 5

WAITING = """
SELECT id, not_before, attempted_at, attempts, body FROM outbox
WHERE outcome = 'waiting' AND id > $1 ORDER BY id LIMIT $2
"""

UNTRIED = """
SELECT id, not_before, attempted_at, attempts, body FROM outbox
WHERE outcome = 'waiting' AND id > $1 AND attempted_at IS NULL ORDER BY id LIMIT $2
"""

# Whoever takes the post over waits for an attempt that is being noted; what is noted later is refused.
ATTEMPT = """
WITH post AS MATERIALIZED (SELECT fence FROM posts WHERE name = 'courier' FOR SHARE)
UPDATE outbox SET attempted_at = $1, attempts = attempts + 1, fence = $3
WHERE id = ANY ($2::bigint[]) AND outcome = 'waiting' AND coalesce((SELECT fence FROM post), 0) = $3
RETURNING id
"""

# Whoever holds the post settles all there is. Who lost it settles what nobody else has attempted since: also when
# both have sent a letter, the second says what came of it.
POST = "coalesce((SELECT fence FROM posts WHERE name = 'courier'), 0)"

MINE = f"""
SELECT id, body FROM outbox
WHERE id = ANY ($1::bigint[]) AND outcome = 'waiting' AND (attempted_at IS NULL OR $2 IN (fence, {POST}))
"""  # noqa: S608 - words of our own

# What was joined to another, replaced or dropped has not left.
SENT_TO_GROUPS = """
SELECT chat, kind, body, settled_at FROM outbox
WHERE chat < 0 AND settled_at >= $1 AND outcome NOT IN ('merged', 'replaced', 'expired')
UNION ALL SELECT chat, kind, body, NULL FROM outbox
WHERE outcome = 'waiting' AND chat < 0 AND attempted_at >= $1
"""

SETTLE = Part(
    f"""
UPDATE outbox SET outcome = new.outcome, settled_at = new.at, message = new.message, reason = new.reason,
    chat = coalesce(new.chat, outbox.chat)
FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[])
    AS new (outcome, at, message, reason, chat, id)
WHERE outbox.id = ANY ($6::bigint[]) AND outbox.id = new.id AND outbox.outcome = 'waiting'
    AND (attempted_at IS NULL OR $7 IN (fence, {POST}))
RETURNING 1
""",  # noqa: S608 - as above
    sure="letters",
)

POSTPONE = Part(f"""
UPDATE outbox SET not_before = new.not_before, reason = new.reason, attempted_at = NULL
FROM unnest($1::text[], $2::text[], $3::bigint[]) AS new (not_before, reason, id)
WHERE outbox.id = ANY ($3::bigint[]) AND outbox.id = new.id AND outcome = 'waiting'
    AND (attempted_at IS NULL OR $4 IN (fence, {POST}))
""")  # noqa: S608 - as above

LINK = Part("""
INSERT INTO links (chat_a, message_a, chat_b, message_b)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])
ON CONFLICT (chat_a, message_a) DO UPDATE SET chat_b = excluded.chat_b, message_b = excluded.message_b
""")

LINK_BACK = Part("""
INSERT INTO links (chat_a, message_a, chat_b, message_b)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])
ON CONFLICT (chat_a, message_a) DO NOTHING
""")

PLACE = Part("""
INSERT INTO places AS old (name, chat, message, topic, below)
SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])
ON CONFLICT (name) DO UPDATE SET chat = excluded.chat, message = excluded.message, topic = excluded.topic,
    below = CASE WHEN excluded.below = '' AND excluded.chat = old.chat THEN old.below ELSE excluded.below END
""")

OPENED = Part("""
INSERT INTO topics (case_no, chat, thread, name, open)
SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::smallint[])
ON CONFLICT (case_no, chat) DO UPDATE SET thread = excluded.thread, name = excluded.name, open = excluded.open
""")

CHANGED = Part("""
UPDATE topics SET open = coalesce(new.open, topics.open), name = coalesce(new.name, topics.name)
FROM unnest($1::text[], $2::bigint[], $3::smallint[], $4::text[]) AS new (case_no, chat, open, name)
WHERE topics.case_no = ANY ($1::text[]) AND topics.case_no = new.case_no AND topics.chat = new.chat
""")

FORGET = """
WITH topics_gone AS (DELETE FROM topics WHERE case_no = $1 AND chat = $2)
DELETE FROM places WHERE topic = $1 AND chat = $2
"""

MIRRORS = """
SELECT chat_a, message_a, chat_b, message_b
FROM links JOIN unnest($1::bigint[], $2::bigint[]) AS asked (chat_a, message_a) USING (chat_a, message_a)
WHERE chat_a = ANY ($1::bigint[]) AND message_a = ANY ($2::bigint[])
"""

COPIES = """
SELECT chat_b, message_b, chat_a, message_a
FROM links JOIN unnest($1::bigint[], $2::bigint[]) AS asked (chat_b, message_b) USING (chat_b, message_b)
WHERE chat_b = ANY ($1::bigint[]) AND message_b = ANY ($2::bigint[])
ORDER BY message_a
"""

PLACES = "SELECT name, chat, message FROM places WHERE name = ANY ($1::text[])"

BENEATH = "SELECT name, below FROM places WHERE name = ANY ($1::text[]) AND below <> ''"

# What we sent is found by its message; what they wrote, in the timeline of their few open cases.
CASE_OF_MESSAGE = """
SELECT case_no FROM (
    SELECT case_no, 0 AS place, id FROM outbox
    WHERE chat = $1 AND message = $2 AND case_no = ANY ($3::text[])
    UNION ALL SELECT case_no, 1, id FROM timeline
    WHERE case_no = ANY ($3::text[]) AND chat = $1 AND message = $2
) AS known ORDER BY place, id DESC LIMIT 1
"""

TOPICS = "SELECT case_no, chat, thread, open, name FROM topics WHERE case_no = ANY ($1::text[])"


class Outbox(Cabinet):
    """Letters, and what they left in Telegram: mirrors, places, topics."""

    async def waiting(
        self, *, after: LetterId = NO_LETTER, limit: int = 1000, untried: bool = False
    ) -> list[Letter]:
        """See `Store.waiting`."""
        return readable(await self._readers.fetch(UNTRIED if untried else WAITING, after, limit))

    async def attempting(self, letters: Collection[LetterId], at: datetime) -> frozenset[LetterId]:
        """See `Store.attempting`."""
        if not letters:
            return frozenset()
        rows = await self._book.change(ATTEMPT, stamp(at), list(letters), self._watchman.fence)
        return frozenset(number for (number,) in rows)

    async def settle(self, receipts: Sequence[Receipt], arrivals: Sequence[Arrival] = ()) -> None:
        """See `Store.settle`."""
        fence, tries = self._watchman.fence, TRIES
        while True:
            try:
                await self._settle(receipts, arrivals, fence)
            except SomeoneWasFirst:
                # another courier attempted one of them in between
                tries -= 1
                if not tries:
                    raise
            else:
                return

    async def _settle(self, receipts: Sequence[Receipt], arrivals: Sequence[Arrival], fence: int) -> None:
        bundle = Bundle()
        if receipts:
            # what a letter leaves behind never changes, so it is read before
            found = await self._readers.fetch(MINE, [one.letter for one in receipts], fence)
            written = {row[0]: row for row in found}
            mine = [one for one in receipts if one.letter in written]
            arrived = {one.letter: one for one in mine if one.outcome in ARRIVED}
            _leave(bundle, followed([written[number] for number in arrived], arrived))
            _settle(bundle, mine, fence)
        put_in(bundle, arrivals)
        if arrivals:
            bundle.news = spelled(self._watchman.me, News(arrivals=True))
        if bundle.parts:
            await self._carry_out(bundle)

    async def sent_to_groups(self, since: datetime) -> list[SentToGroup]:
        """See `Store.sent_to_groups`."""
        rows = await self._readers.fetch(SENT_TO_GROUPS, stamp(since))
        return [
            SentToGroup(chat=chat, kind=LetterKind(kind), parts=parts_of(body), at=moment_or_none(at))
            for chat, kind, body, at in rows
        ]

    async def mirrors(self, refs: Collection[MessageRef]) -> dict[MessageRef, MessageRef]:
        """See `Store.mirrors`."""
        rows = await self._readers.fetch(MIRRORS, *_refs(refs))
        return {MessageRef(chat_a, one): MessageRef(chat_b, other) for chat_a, one, chat_b, other in rows}

    async def case_of_message(self, ref: MessageRef, cases: Collection[CaseNo]) -> CaseNo | None:
        """See `Store.case_of_message`."""
        found = await self._readers.fetch(CASE_OF_MESSAGE, ref.chat, ref.message, list(cases))
        return CaseNo(found[0][0]) if found else None

    async def copies(self, refs: Collection[MessageRef]) -> dict[MessageRef, tuple[MessageRef, ...]]:
        """See `Store.copies`."""
        found: dict[MessageRef, tuple[MessageRef, ...]] = {}
        for chat, message, chat_of_copy, copy in await self._readers.fetch(COPIES, *_refs(refs)):
            original = MessageRef(chat, message)
            found[original] = (*found.get(original, ()), MessageRef(chat_of_copy, copy))
        return found

    async def places(self, names: Collection[str]) -> dict[str, MessageRef]:
        """See `Store.places`."""
        rows = await self._readers.fetch(PLACES, list(names))
        return {name: MessageRef(chat, message) for name, chat, message in rows}

    async def beneath(self, names: Collection[str]) -> dict[str, str]:
        """See `Store.beneath`."""
        rows = await self._readers.fetch(BENEATH, list(names))
        return {str(name): str(below) for name, below in rows}

    async def topics(self, cases: Collection[CaseNo]) -> dict[tuple[CaseNo, ChatId], Topic]:
        """See `Store.topics`."""
        return {
            (case_no, chat): Topic(case_no=case_no, chat=chat, thread=thread, open=bool(is_open), name=name)
            for case_no, chat, thread, is_open, name in await self._readers.fetch(TOPICS, list(cases))
        }

    async def forget_topic(self, case_no: CaseNo, chat: ChatId) -> None:
        """See `Store.forget_topic`."""
        await self._book.change(FORGET, case_no, chat)


def _refs(refs: Collection[MessageRef]) -> tuple[list[int], list[int]]:
    return [ref.chat for ref in refs], [ref.message for ref in refs]


def _pair(one: MessageRef, other: MessageRef) -> Row:
    return (one.chat, one.message, other.chat, other.message)


def _leave(bundle: Bundle, traces: Traces) -> None:
    """Store what delivered letters leave behind, touching no row twice."""
    bundle.add(LINK, sorted(_pair(*both) for both in traces.links.items()))
    backward = [both for both in traces.backward.items() if both[0] not in traces.links]
    bundle.add(LINK_BACK, sorted(_pair(*both) for both in backward))
    bundle.add(PLACE, [(name, *where) for name, where in sorted(traces.places.items())])
    opened: list[Row] = []
    changed: list[Row] = []
    for topic in traces.opened.keys() | traces.turned.keys() | traces.renamed.keys():
        case_no, chat = topic
        name, turned = traces.renamed.get(topic), traces.turned.get(topic)
        if topic in traces.opened:
            thread, first_name = traces.opened[topic]
            opened.append((case_no, chat, thread, name or first_name, int(turned is not False)))
        else:
            changed.append((case_no, chat, None if turned is None else int(turned), name))
    bundle.add(OPENED, opened)
    bundle.add(CHANGED, changed)


def _settle(bundle: Bundle, receipts: Sequence[Receipt], fence: int) -> None:
    settled: dict[LetterId, Row] = {}
    postponed: dict[LetterId, Row] = {}
    for one in receipts:
        if one.outcome is Outcome.WAITING:
            postponed[one.letter] = (stamp_or_none(one.retry_at), one.reason, one.letter)
        elif one.letter not in settled:
            settled[one.letter] = (
                one.outcome.value,
                stamp(one.at),
                first_message(one),
                one.reason,
                one.chat,
                one.letter,
            )
    bundle.add(SETTLE, [settled[number] for number in sorted(settled)], fence)
    later = [postponed[number] for number in sorted(postponed) if number not in settled]
    bundle.add(POSTPONE, later, fence)
