"""Records put together from their rows; one that is damaged spoils only itself."""

import sqlite3
from collections.abc import Iterable

import structlog

from bot.complaint.case import Case
from bot.complaint.errors import RecordUnreadable
from bot.complaint.ids import CaseNo
from bot.complaint.letters import Letter
from bot.store.rows import Row, case_from, letter_from

_log = structlog.get_logger(__name__)

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
UNION ALL SELECT 'approvals', case_no, place, body FROM approvals
WHERE case_no IN (SELECT value FROM json_each(:cases))
UNION ALL SELECT 'tasks', case_no, place, body FROM tasks
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


def readable(rows: Iterable[Row]) -> list[Letter]:
    """The letters of these rows; one that is damaged is reported and left, so that the rest can go."""
    letters = []
    for row in rows:
        try:
            letters.append(letter_from(*row))
        except RecordUnreadable as error:
            _log.error("letter_unreadable", letter=row[0], why=error.detail)
    return letters
