"""Evidence files: which are wanted, what became of them, and their bytes."""

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

import structlog

from bot.complaint.deskwork import FileWanted, KeptFile
from bot.complaint.errors import RecordUnreadable
from bot.complaint.ids import CaseNo
from bot.store.casework import readable_files
from bot.store.postgres.cabinet import Cabinet
from bot.store.postgres.connecting import Connection
from bot.store.rows import stamp

WANTED = """
SELECT case_no, unique_id, state, sha256, size, kept_at, reason, attempts, body FROM files
WHERE state = 'waiting' AND not_before <= $1 ORDER BY not_before, at LIMIT $2
"""

NEXT_FILE = "SELECT min(not_before) FROM files WHERE state = 'waiting'"

BLOB = "INSERT INTO blobs (sha256, place, bytes) VALUES ($1, $2, $3) ON CONFLICT (sha256, place) DO NOTHING"

KEPT = """
UPDATE files SET state = 'kept', sha256 = $1, size = $2, kept_at = $3, reason = ''
WHERE case_no = $4 AND unique_id = $5
"""

# What belongs to nobody by the time that it arrives: its case has become anonymous meanwhile.
UNOWNED = """
DELETE FROM blobs WHERE sha256 = $1 AND NOT EXISTS (
    SELECT FROM files WHERE files.sha256 = $1 AND files.sha256 <> ''
) AND NOT EXISTS (SELECT FROM files WHERE case_no = $2 AND unique_id = $3)
"""

LATER = """
UPDATE files SET not_before = $1, reason = $2, attempts = attempts + $3
WHERE case_no = $4 AND unique_id = $5 AND state = 'waiting'
"""

GIVEN_UP = """
UPDATE files SET state = $1, reason = $2 WHERE case_no = $3 AND unique_id = $4 AND state = 'waiting'
"""

FILES_OF = """
SELECT case_no, unique_id, state, sha256, size, kept_at, reason, attempts, body FROM files
WHERE case_no = ANY ($1::text[]) ORDER BY case_no, at, unique_id
"""

CONTENT = "SELECT bytes FROM blobs WHERE sha256 = $1 ORDER BY place"

PART: Final = 256 * 1024
"""Bytes written at once, so that a round of the clerk waits only briefly."""

AT_ONCE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Before every moment of ours."""

_log = structlog.get_logger(__name__)


class FileCabinet(Cabinet):
    """The files of all cases. Each change is a transaction; a file counts as kept by its last one."""

    async def wanted_files(self, limit: int, now: datetime) -> list[KeptFile]:
        """See `Store.wanted_files`. A row that cannot be read is given up, so that it holds nobody back."""
        found, spoiled = readable_files(await self._readers.fetch(WANTED, stamp(now), limit))
        for case_no, unique_id, reason in spoiled:
            _log.error("file_unreadable", case=case_no, why=reason)
            await self._book.change(GIVEN_UP, "lost", reason, case_no, unique_id)
        return found

    async def next_file(self) -> datetime | None:
        """See `Store.next_file`."""
        ((moment,),) = await self._readers.fetch(NEXT_FILE)
        if moment is None:
            return None
        return datetime.fromisoformat(moment) if moment else AT_ONCE

    async def keep_file(self, wanted: FileWanted, sha256: str, content: bytes, at: datetime) -> None:
        """See `Store.keep_file`. Parts without their file do no harm: they are what will be written again."""
        for place in range(0, max(len(content), 1), PART):
            await self._book.change(BLOB, sha256, place, content[place : place + PART])

        async def work(connection: Connection) -> None:
            await connection.execute(KEPT, sha256, len(content), stamp(at), wanted.case_no, wanted.unique_id)
            await connection.execute(UNOWNED, sha256, wanted.case_no, wanted.unique_id)

        await self._book.run(work)

    async def put_off_file(self, wanted: FileWanted, until: datetime, reason: str, *, counted: bool) -> None:
        """See `Store.put_off_file`."""
        await self._book.change(LATER, stamp(until), reason, int(counted), wanted.case_no, wanted.unique_id)

    async def give_up_file(self, wanted: FileWanted, state: str, reason: str) -> None:
        """See `Store.give_up_file`."""
        await self._book.change(GIVEN_UP, state, reason, wanted.case_no, wanted.unique_id)

    async def files_of(self, cases: Collection[CaseNo]) -> dict[CaseNo, list[KeptFile]]:
        """See `Store.files_of`."""
        found, spoiled = readable_files(await self._readers.fetch(FILES_OF, list(cases)))
        if spoiled:
            raise RecordUnreadable("; ".join(f"a file of case {no}: {why}" for no, _, why in spoiled))
        files: dict[CaseNo, list[KeptFile]] = defaultdict(list)
        for one in found:
            files[one.wanted.case_no].append(one)
        return files

    async def file_bytes(self, sha256: str) -> bytes | None:
        """See `Store.file_bytes`."""
        rows = await self._readers.fetch(CONTENT, sha256)
        return b"".join(part for (part,) in rows) if rows else None
