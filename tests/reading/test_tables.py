"""The tables of the trade as a whole: nearly all is right, and what is not is named with its reason."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.complaint.reading import Family, Reading

Read = Callable[..., Reading]
_HERE = Path(__file__).parent
_VALUES = ("amount", "amount_most", "share", "multiple", "basis")
_FLAGS = ("at_least", "at_most", "open_ended", "refuses_money", "alternatives", "conditional")
_ENOUGH = 0.97


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


_FAMILIES, _REMEDIES, _EXCEPTIONS = (
    _table("families.toml"),
    _table("remedies.toml"),
    _table("exceptions.toml"),
)


def _wrong_families(read: Read) -> set[tuple[str, str]]:
    return {
        (name, said)
        for name, rows in _FAMILIES.items()
        for shown, lists in ((True, ("zh", "en")), (False, ("never",)))
        for one in lists
        for said in rows[one]
        if read(said).shows(Family(name)) is not shown
    }


def _wrong_remedies(read: Read) -> set[str]:
    wrong = {said for said in _REMEDIES["no_demand"] if read(said).remedy is not None}
    return wrong | {row["said"] for row in _REMEDIES["demand"] if not _as_said(read(row["said"]), row)}


def _as_said(reading: Reading, row: dict[str, Any]) -> bool:
    remedy = reading.remedy
    if remedy is None or {kind.value for kind in remedy.kinds} != set(row["kinds"]):
        return False
    values = all(getattr(remedy, name) == row.get(name) for name in _VALUES)
    flags = all(getattr(remedy, name) is row.get(name, False) for name in _FLAGS)
    return values and flags and {kind.value for kind in remedy.excludes} == set(row.get("excludes", ()))


def test_only_the_named_cues_are_misread(read: Read) -> None:
    """Every cue and look-alike is read as its table says, but for those that are named as exceptions."""
    assert _wrong_families(read) == {(one["family"], one["said"]) for one in _EXCEPTIONS["family"]}


def test_only_the_named_demands_are_misread(read: Read) -> None:
    """Every expression of a demand is read as its table says, but for those that are named as exceptions."""
    assert _wrong_remedies(read) == {one["said"] for one in _EXCEPTIONS["remedy"]}


def test_nearly_all_of_both_tables_is_right(read: Read) -> None:
    """At least 97 in 100 cues, look-alikes and demands are right."""
    cues = sum(len(rows[one]) for rows in _FAMILIES.values() for one in ("zh", "en", "never"))
    demands = len(_REMEDIES["demand"]) + len(_REMEDIES["no_demand"])
    assert cues >= 704
    assert demands >= 100
    assert 1 - len(_wrong_families(read)) / cues >= _ENOUGH
    assert 1 - len(_wrong_remedies(read)) / demands >= _ENOUGH


def test_every_exception_has_its_reason() -> None:
    """Whoever reads the tables learns why something is not read as it should be."""
    assert all(one.get("why") for rows in _EXCEPTIONS.values() for one in rows)
