"""Cases put together from their rows: the same two queries wherever a case is wanted."""

import sqlite3
from collections.abc import Iterable

from bot.complaint.case import Case
from bot.complaint.errors import RecordUnreadable
from bot.complaint.ids import CaseNo
from bot.store.rows import Row, case_from

CASES = "SELECT case_no, version, body FROM cases WHERE case_no IN (SELECT value FROM json_each(?))"

REGISTER_ROWS = """
SELECT 'promises' AS register, case_no, place, body FROM promises
WHERE case_no IN (SELECT value FROM json_each(:cases))
UNION ALL SELECT 'offers', case_no, place, body FROM offers
WHERE case_no IN (SELECT value FROM json_each(:cases))
UNION ALL SELECT 'escalations', case_no, place, body FROM escalations
WHERE case_no IN (SELECT value FROM json_each(:cases))
UNION ALL SELECT 'fulfilments', case_no, place, body FROM fulfilments
WHERE case_no IN (SELECT value FROM json_each(:cases))
UNION ALL SELECT 'surveys', case_no, place, body FROM surveys
WHERE case_no IN (SELECT value FROM json_each(:cases))
ORDER BY register, place
"""


def register_rows(connection: sqlite3.Connection, cases: str) -> list[Row]:
    """Every row of every register of these cases (a JSON list of numbers)."""
    return connection.execute(REGISTER_ROWS, {"cases": cases}).fetchall()


def assemble(cases: Iterable[Row], registers: Iterable[Row]) -> tuple[dict[CaseNo, Case], dict[CaseNo, str]]:
    """The cases of these rows in their order, and those that cannot be read with the reason."""
    parts: dict[str, dict[str, list[str]]] = {}
    for name, case_no, _, body in registers:
        parts.setdefault(case_no, {}).setdefault(name, []).append(body)
    whole: dict[CaseNo, Case] = {}
    unreadable: dict[CaseNo, str] = {}
    for case_no, version, body in cases:
        try:
            whole[case_no] = case_from(case_no, version, body, parts.get(case_no, {}))
        except RecordUnreadable as error:
            unreadable[case_no] = error.detail
    return whole, unreadable
