"""Reads the rows that a case is assembled from."""

import sqlite3

from bot.store.rows import Row

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
