"""Lessons, and scores of the weekly sample."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.complaint.lessons import Caused, Lesson, Mark
from bot.complaint.records import Round
from bot.store.learning import caused_from, lesson_from, lesson_row, mark_from, mark_rows
from bot.store.postgres.bundle import Bundle, Part
from bot.store.postgres.cabinet import Cabinet
from bot.store.rows import stamp

NEW_LESSON: Final = Part(
    """
INSERT INTO lessons (no, state, due_at, ended_at, body, version)
SELECT *, 1 FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[])
ON CONFLICT (no) DO NOTHING RETURNING 1
""",
    sure="new lessons",
)

NEXT_LESSON: Final = Part(
    """
UPDATE lessons SET state = new.state, due_at = new.due_at, ended_at = new.ended_at, body = new.body,
    version = new.version + 1
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
    AS new (no, state, due_at, ended_at, body, version)
WHERE lessons.no = ANY ($1::bigint[]) AND lessons.no = new.no AND lessons.version = new.version
RETURNING 1
""",
    sure="lessons",
)

MARK: Final = Part("""
INSERT INTO marks (week, case_no, body) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
ON CONFLICT (week, case_no) DO UPDATE SET body = excluded.body
""")

LESSONS: Final = "SELECT version, body FROM lessons ORDER BY no"

MARKS: Final = "SELECT body FROM marks WHERE week = ANY ($1::text[]) ORDER BY week, case_no"

CAUSED: Final = """
SELECT json_or_null(body) ->> 'cause', json_or_null(body) ->> 'product', json_or_null(body) ->> 'batch',
    substr(opened_at, 1, 13), count(*)
FROM facts WHERE json_or_null(body) ->> 'cause' <> '' AND opened_at >= $1
GROUP BY 1, 2, 3, 4 ORDER BY 4, 1, 2, 3
"""


def write_learned(bundle: Bundle, round: Round) -> None:  # noqa: A002 - a round of the clerk is called a round
    """What a round changes here."""
    in_order = sorted(round.lessons, key=lambda one: one.no)
    bundle.add(NEW_LESSON, [lesson_row(one) for one in in_order if not one.version])
    bundle.add(NEXT_LESSON, [(*lesson_row(one), one.version) for one in in_order if one.version])
    bundle.add(MARK, mark_rows(round.marks))


class LearningCabinet(Cabinet):
    """Lessons and marks."""

    async def lessons(self) -> list[Lesson]:
        """See `Learning.lessons`."""
        return [lesson_from(*row) for row in await self._readers.fetch(LESSONS)]

    async def caused(self, since: datetime) -> list[Caused]:
        """See `Learning.caused`."""
        return [caused_from(*row) for row in await self._readers.fetch(CAUSED, stamp(since))]

    async def marks(self, weeks: Iterable[str]) -> list[Mark]:
        """See `Learning.marks`."""
        return [mark_from(body) for (body,) in await self._readers.fetch(MARKS, list(weeks))]
