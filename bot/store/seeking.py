"""Search terms in the forms in which they may be stored; the same for every kind of database."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Final

from bot.complaint.boards import Filter, Hit
from bot.complaint.ids import CaseNo, case_no_from
from bot.store.rows import Row

CASES_BACK: Final = 5_000
"""How many cases, the newest first, are searched by name, phone and order number."""
LINES_BACK: Final = 60_000
"""How many lines, of all timelines together, are searched for words."""
SHORTEST_NUMBER: Final = 4
"""Fewer digits than this are words like others."""
_NUMBER: Final = re.compile(r"[0-9-]+")
SHOWN: Final = "/* shown */"
"""Where a statement leaves out what its asker may not see."""
BESIDES: Final = "/* besides */"
"""Where a statement over one table leaves out single cases."""
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


def without(wanted: Filter, sql: str) -> str:
    """The statement without the queues and cases that are not for this asker."""
    names = ", ".join(f"'{one.value}'" for one in wanted.hidden)
    queues = f"AND cases.queue NOT IN ({names}) " if names else ""
    cases = f"AND cases.case_no NOT IN ({_listed(wanted.besides)})" if wanted.besides else ""
    return sql.replace(SHOWN, queues + cases)


def besides(numbers: Collection[CaseNo], sql: str) -> str:
    """The statement without these cases."""
    return sql.replace(BESIDES, f"AND case_no NOT IN ({_listed(numbers)})" if numbers else "")


def _listed(numbers: Collection[CaseNo]) -> str:
    """Case numbers for a statement; anything else is none of ours, and left out."""
    return ", ".join(f"'{one}'" for one in numbers if _NUMBER.fullmatch(one)) or "''"


def hit_of(row: Row) -> Hit:
    """A line of a board: case_no, ref, words, since, and what comes after."""
    case_no, ref, words, since, *_ = row
    return Hit(
        case_no=CaseNo(case_no),
        ref=ref,
        words=words,
        since=datetime.fromisoformat(since) if since else None,
    )
