"""Search terms in the forms in which they may be stored; the same for every kind of database."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Final

from bot.complaint.axes import Queue
from bot.complaint.boards import Hit
from bot.complaint.ids import CaseNo, case_no_from
from bot.store.rows import Row

CASES_BACK: Final = 5_000
"""How many cases, the newest first, are searched by name, phone and order number."""
LINES_BACK: Final = 60_000
"""How many lines, of all timelines together, are searched for words."""
SHORTEST_NUMBER: Final = 4
"""Fewer digits than this are words like others."""
SHOWN: Final = "/* shown */"
"""Where a statement leaves out what its asker may not see."""
CASE_DIGITS: Final = 7


def sought(words: str) -> dict[str, object]:
    """The search terms: words, pattern, digits, case number, and how far to look back."""
    words = words.strip()
    digits = re.sub(r"[\s()+-]", "", words)
    is_number = digits.isdecimal() and len(digits) >= SHORTEST_NUMBER
    marked = re.sub(r"([\\%_])", r"\\\1", words)
    return {
        "words": words,
        "pattern": f"%{'%'.join(marked.split())}%",
        "digits": digits if is_number else "",
        "number": case_no_from(int(digits)) if is_number and len(digits) == CASE_DIGITS else "",
        "cases": CASES_BACK,
        "lines": LINES_BACK,
    }


def without(hidden: Collection[Queue], sql: str) -> str:
    """The statement without cases of these queues."""
    names = ", ".join(f"'{one.value}'" for one in hidden)
    return sql.replace(SHOWN, f"AND cases.queue NOT IN ({names})" if names else "")


def hit_of(row: Row) -> Hit:
    """A line of a board: case_no, ref, words, since, and what comes after."""
    case_no, ref, words, since, *_ = row
    return Hit(
        case_no=CaseNo(case_no),
        ref=ref,
        words=words,
        since=datetime.fromisoformat(since) if since else None,
    )
