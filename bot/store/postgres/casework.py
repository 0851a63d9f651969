"""Reads cases with their registers in one statement, so at one moment."""

from collections.abc import Iterable

from bot.complaint.case import Case
from bot.complaint.ids import CaseNo
from bot.store.casework import assemble
from bot.store.rows import REGISTERS, Row

_OF_FOUND = "r.case_no = ANY (ARRAY(SELECT case_no FROM found))"

_REGISTER_ROWS = "".join(
    f" UNION ALL SELECT '{name}', r.case_no, 0, r.place, r.body FROM {name} AS r WHERE {_OF_FOUND}"  # noqa: S608 - names of our own
    for name in REGISTERS
)


def with_registers(found: str) -> str:
    """A query for the cases of `found` (case_no, version, body, in its order) with their registers.

    Its rows are what they are of, the case, its version, a place, and a body.
    """
    return (
        f"WITH found AS MATERIALIZED (SELECT *, row_number() OVER () AS nth FROM ({found}) AS asked)"  # noqa: S608
        f" SELECT 'cases' AS what, case_no, version, nth AS place, body FROM found{_REGISTER_ROWS}"
    )


def gathered(rows: Iterable[Row]) -> tuple[dict[CaseNo, Case], dict[CaseNo, str]]:
    """The cases of such rows in order, and the unreadable ones with their reasons."""
    cases: list[Row] = []
    registers: list[Row] = []
    for what, case_no, version, place, body in rows:
        if what == "cases":
            cases.append((place, case_no, version, body))
        else:
            registers.append((what, case_no, place, body))
    registers.sort(key=lambda row: row[2])
    return assemble((row[1:] for row in sorted(cases)), registers)
