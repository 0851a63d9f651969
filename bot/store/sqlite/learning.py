"""Lessons, and scores of the weekly sample."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from bot.complaint.lessons import Caused, Lesson, Mark
from bot.complaint.records import Round
from bot.store.learning import caused_from, lesson_from, lesson_row, mark_from, mark_rows
from bot.store.rows import Row, stamp
from bot.store.sqlite.cabinet import Cabinet

NEW_LESSON: Final = """
INSERT INTO lessons (no, state, due_at, ended_at, body, version) VALUES (?, ?, ?, ?, ?, 1)
ON CONFLICT (no) DO NOTHING
"""

NEXT_LESSON: Final = """
UPDATE lessons SET state = ?2, due_at = ?3, ended_at = ?4, body = ?5, version = ?6 + 1
WHERE no = ?1 AND version = ?6
"""

MARK: Final = """
INSERT INTO marks (week, case_no, body) VALUES (?, ?, ?)
ON CONFLICT (week, case_no) DO UPDATE SET body = excluded.body
"""

LESSONS: Final = "SELECT version, body FROM lessons ORDER BY no"

MARKS: Final = """
SELECT body FROM marks WHERE week IN (SELECT value FROM json_each(?)) ORDER BY week, case_no
"""

CAUSED: Final = """
SELECT json_extract(body, '$.cause'), json_extract(body, '$.product'), json_extract(body, '$.batch'),
    substr(opened_at, 1, 13), count(*)
FROM facts INDEXED BY facts_caused
WHERE CASE WHEN json_valid(body) THEN json_extract(body, '$.cause') END <> '' AND opened_at >= ?
GROUP BY 1, 2, 3, 4 ORDER BY 4, 1, 2, 3
"""


def learned(round: Round) -> Iterator[tuple[str, list[Row], str]]:  # noqa: A002 - a round of the clerk
    """The statements of a round about lessons and scores, with their rows and expected counts."""
    yield NEW_LESSON, [lesson_row(one) for one in round.lessons if not one.version], "new lessons"
    known = [(*lesson_row(one), one.version) for one in round.lessons if one.version]
    yield NEXT_LESSON, known, "lessons"
    yield MARK, mark_rows(round.marks), ""


class LearningCabinet(Cabinet):
    """Lessons and marks."""

    async def lessons(self) -> list[Lesson]:
        """See `Learning.lessons`."""
        return [lesson_from(*row) for row in await self._read(LESSONS)]

    async def caused(self, since: datetime) -> list[Caused]:
        """See `Learning.caused`."""
        return [caused_from(*row) for row in await self._read(CAUSED, (stamp(since),))]

    async def marks(self, weeks: Iterable[str]) -> list[Mark]:
        """See `Learning.marks`."""
        return [mark_from(body) for (body,) in await self._read(MARKS, (json.dumps(list(weeks)),))]
