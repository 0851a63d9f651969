"""Deletes the personal data of cases that become anonymous (R17)."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.ids import CaseNo
from bot.store.casework import readable_talks
from bot.store.postgres.cabinet import Cabinet
from bot.store.postgres.casework import gathered, with_registers
from bot.store.postgres.connecting import Connection
from bot.store.rows import stamp

RETIRABLE = with_registers("""
SELECT case_no, version, body FROM cases
WHERE closed_at IS NOT NULL AND customer <> 0 AND closed_at < $1 AND (closed_at, case_no) > ($2, $3)
ORDER BY closed_at, case_no LIMIT $4
""")

SHRED = """
DELETE FROM outbox
WHERE settled_at IS NOT NULL AND (kind = 'document' OR case_no IS NULL) AND settled_at < $1
RETURNING 1
"""

SHED_ASIDE = "DELETE FROM inbox WHERE outcome = 'set_aside' AND at < $1 RETURNING 1"

SQUARES = "SELECT chat, version, body FROM conversations WHERE chat < 0"

_OURS: Final = "case_no = ANY ($1::text[])"
_THEIRS: Final = """
    SELECT chat, message FROM timeline WHERE OURS AND message IS NOT NULL
    UNION SELECT chat, message FROM outbox WHERE OURS AND message IS NOT NULL
"""

RETIRE: Final = tuple(
    statement.replace("THEIRS", _THEIRS).replace("OURS", _OURS)
    for statement in (
        # mirrors first: they are found by the messages that are forgotten next
        "DELETE FROM links WHERE (chat_a, message_a) IN (THEIRS)",
        "DELETE FROM links WHERE (chat_b, message_b) IN (THEIRS)",
        "UPDATE cases SET chat = 0, customer = 0 WHERE OURS",
        """
UPDATE timeline SET chat = 0, message = NULL,
    text = CASE WHEN who = 'system' THEN split_part(text, ': ', 1) ELSE '' END,
    media = CASE WHEN media IS NOT NULL THEN jsonb_build_object('kind', media::jsonb ->> 'kind')::text END,
    "by" = CASE WHEN who = 'customer' THEN '' ELSE "by" END
WHERE OURS
""",
        """
UPDATE outbox SET outcome = 'replaced', reason = 'retired'
WHERE OURS AND outcome = 'waiting' AND kind <> 'delete_topic'
""",
        """
UPDATE outbox SET message = NULL, key = NULL,
    line = CASE WHEN chat > 0 THEN '0/' ELSE line END,
    chat = CASE WHEN chat > 0 THEN 0 ELSE chat END,
    body = (body::jsonb || jsonb_build_object('chat', CASE WHEN chat > 0 THEN 0 ELSE chat END, 'html', '', 'below', '',
        'keys', '[]'::jsonb, 'source', NULL, 'sources', '[]'::jsonb, 'part_of', NULL, 'reply_to', NULL,
        'target', NULL, 'target_of', NULL, 'key', NULL, 'query', '', 'file', NULL, 'media', NULL))::text
WHERE OURS AND outcome <> 'waiting'
""",
        "DELETE FROM places WHERE topic = ANY ($1::text[])",
        "UPDATE topics SET name = '' WHERE OURS",
        "DELETE FROM timers WHERE OURS",
        # its row is made anew; until then it leads to nobody either
        "UPDATE facts SET body = (body::jsonb - '{customer,product,issue}'::text[])::text WHERE OURS",
        """
DELETE FROM blobs WHERE sha256 IN (SELECT sha256 FROM files WHERE OURS AND sha256 <> '')
    AND NOT EXISTS (
        SELECT FROM files AS others WHERE others.sha256 <> '' AND others.sha256 = blobs.sha256
            AND NOT others.case_no = ANY ($1::text[])
    )
""",
        "DELETE FROM files WHERE OURS",
        "DELETE FROM sightings WHERE OURS",
    )
)


async def retire(connection: Connection, cases: Collection[CaseNo]) -> None:
    """Delete the personal data of these cases, in the transaction that made them anonymous."""
    for statement in RETIRE:
        await connection.execute(statement, list(cases))


SHED: Final = (
    """
DELETE FROM blobs WHERE sha256 IN (
    SELECT sha256 FROM files WHERE case_no = $1 AND unique_id = $2 AND sha256 <> ''
) AND NOT EXISTS (
    SELECT FROM files AS others WHERE others.sha256 <> '' AND others.sha256 = blobs.sha256
        AND (others.case_no, others.unique_id) <> ($1, $2)
)
""",
    "DELETE FROM files WHERE case_no = $1 AND unique_id = $2",
    """
UPDATE timeline SET media = jsonb_build_object('kind', media::jsonb ->> 'kind')::text
WHERE case_no = $1 AND media::jsonb ->> 'unique_id' = $2
""",
    """
UPDATE outbox SET body = jsonb_set(body::jsonb, '{media}', 'null')::text
WHERE case_no = $1 AND outcome <> 'waiting' AND body::jsonb #>> '{media,unique_id}' = $2
""",
)


async def shed(connection: Connection, files: Collection[tuple[CaseNo, str]]) -> None:
    """Delete these files and every way to them: their owner took the consent back (R52)."""
    for no, name in files:
        for statement in SHED:
            await connection.execute(statement, no, name)


class RetiringCabinet(Cabinet):
    """What is to be made anonymous."""

    async def retirable(
        self, before: datetime, *, after: tuple[datetime, CaseNo] | None = None, limit: int
    ) -> list[Case]:
        """See `Store.retirable`."""
        at, no = (stamp(after[0]), after[1]) if after is not None else ("", "")
        cases, _ = gathered(await self._readers.fetch(RETIRABLE, stamp(before), at, no, limit))
        return list(cases.values())

    async def squares(self) -> list[Conversation]:
        """See `Store.squares`."""
        return readable_talks(await self._readers.fetch(SQUARES))

    async def shred(self, before: datetime) -> int:
        """See `Store.shred`."""
        return len(await self._book.change(SHRED, stamp(before)))

    async def shed_aside(self, before: datetime) -> int:
        """See `Store.shed_aside`."""
        return len(await self._book.change(SHED_ASIDE, stamp(before)))
