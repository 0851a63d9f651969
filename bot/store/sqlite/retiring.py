"""Deletes the personal data of cases that become anonymous (R17)."""

import json
import sqlite3
from collections.abc import Collection
from datetime import datetime
from typing import Final

from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.ids import CaseNo
from bot.store.casework import assemble, readable_talks
from bot.store.rows import Row, stamp
from bot.store.sqlite.cabinet import Cabinet
from bot.store.sqlite.casework import register_rows

RETIRABLE = """
SELECT case_no, version, body FROM cases
WHERE closed_at IS NOT NULL AND customer <> 0 AND closed_at < :before AND (closed_at, case_no) > (:at, :no)
ORDER BY closed_at, case_no LIMIT :limit
"""

SHRED = """
DELETE FROM outbox
WHERE settled_at IS NOT NULL AND (kind = 'document' OR case_no IS NULL) AND settled_at < ?
"""

SHED_ASIDE = "DELETE FROM inbox WHERE outcome = 'set_aside' AND at < ?"

SQUARES = "SELECT chat, version, body FROM conversations WHERE chat < 0"

_OURS: Final = "case_no IN (SELECT value FROM json_each(:cases))"

RETIRE: Final = tuple(
    statement.replace("OURS", _OURS)
    for statement in (
        # mirrors first: they are found by the messages that are forgotten next
        """
DELETE FROM links WHERE (chat_a, message_a) IN (
    SELECT chat, message FROM timeline WHERE OURS AND message IS NOT NULL
    UNION SELECT chat, message FROM outbox WHERE OURS AND message IS NOT NULL
)
""",
        """
DELETE FROM links WHERE (chat_b, message_b) IN (
    SELECT chat, message FROM timeline WHERE OURS AND message IS NOT NULL
    UNION SELECT chat, message FROM outbox WHERE OURS AND message IS NOT NULL
)
""",
        "UPDATE cases SET chat = 0, customer = 0 WHERE OURS",
        """
UPDATE timeline SET chat = 0, message = NULL,
    text = CASE WHEN who = 'system' THEN substr(text, 1, instr(text || ': ', ': ') - 1) ELSE '' END,
    media = CASE WHEN media IS NOT NULL THEN json_object('kind', media ->> 'kind') END,
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
    body = json_set(body, '$.chat', CASE WHEN chat > 0 THEN 0 ELSE chat END, '$.html', '', '$.below', '',
        '$.keys', json('[]'), '$.source', NULL, '$.sources', json('[]'), '$.part_of', NULL, '$.reply_to', NULL,
        '$.target', NULL, '$.target_of', NULL, '$.key', NULL, '$.query', '', '$.file', NULL, '$.media', NULL)
WHERE OURS AND outcome <> 'waiting'
""",
        "DELETE FROM places WHERE topic IN (SELECT value FROM json_each(:cases))",
        "UPDATE topics SET name = '' WHERE OURS",
        "DELETE FROM timers WHERE OURS",
        # its row is made anew; until then it leads to nobody either
        "UPDATE facts SET body = json_remove(body, '$.customer', '$.product', '$.issue') WHERE OURS",
        """
DELETE FROM blobs WHERE sha256 IN (SELECT sha256 FROM files WHERE OURS AND sha256 <> '')
    AND NOT EXISTS (
        SELECT 1 FROM files AS others WHERE others.sha256 <> '' AND others.sha256 = blobs.sha256
            AND others.case_no NOT IN (SELECT value FROM json_each(:cases))
    )
""",
        "DELETE FROM files WHERE OURS",
        "DELETE FROM sightings WHERE OURS",
    )
)


def retire(connection: sqlite3.Connection, cases: Collection[CaseNo]) -> None:
    """Delete the personal data of these cases, in the transaction that made them anonymous."""
    named = {"cases": json.dumps(list(cases))}
    for statement in RETIRE:
        connection.execute(statement, named)


SHED: Final = (
    """
DELETE FROM blobs WHERE sha256 IN (
    SELECT sha256 FROM files WHERE case_no = :no AND unique_id = :name AND sha256 <> ''
) AND NOT EXISTS (
    SELECT 1 FROM files AS others WHERE others.sha256 <> '' AND others.sha256 = blobs.sha256
        AND (others.case_no, others.unique_id) <> (:no, :name)
)
""",
    "DELETE FROM files WHERE case_no = :no AND unique_id = :name",
    """
UPDATE timeline SET media = json_object('kind', media ->> 'kind')
WHERE case_no = :no AND media ->> 'unique_id' = :name
""",
    """
UPDATE outbox SET body = json_set(body, '$.media', NULL)
WHERE case_no = :no AND outcome <> 'waiting' AND body ->> '$.media.unique_id' = :name
""",
)


def shed(connection: sqlite3.Connection, files: Collection[tuple[CaseNo, str]]) -> None:
    """Delete these files and every way to them: their owner took the consent back (R52)."""
    for no, name in files:
        for statement in SHED:
            connection.execute(statement, {"no": no, "name": name})


class RetiringCabinet(Cabinet):
    """What is to be made anonymous."""

    async def retirable(
        self, before: datetime, *, after: tuple[datetime, CaseNo] | None = None, limit: int
    ) -> list[Case]:
        """See `Store.retirable`."""
        at, no = (stamp(after[0]), after[1]) if after is not None else ("", "")
        named = {"before": stamp(before), "at": at, "no": no, "limit": limit}

        def work(connection: sqlite3.Connection) -> tuple[list[Row], list[Row]]:
            found = connection.execute(RETIRABLE, named).fetchall()
            return found, register_rows(connection, json.dumps([row[0] for row in found])) if found else []

        cases, _ = assemble(*await self._reader.run(work))
        return list(cases.values())

    async def squares(self) -> list[Conversation]:
        """See `Store.squares`."""
        return readable_talks(await self._read(SQUARES, ()))

    async def shred(self, before: datetime) -> int:
        """See `Store.shred`."""
        values = (stamp(before),)
        return await self._writer.run(lambda connection: connection.execute(SHRED, values).rowcount)

    async def shed_aside(self, before: datetime) -> int:
        """See `Store.shed_aside`."""
        values = (stamp(before),)
        return await self._writer.run(lambda connection: connection.execute(SHED_ASIDE, values).rowcount)
