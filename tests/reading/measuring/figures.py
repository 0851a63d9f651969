"""The figures: precision, recall and F1 of readings against labels."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from tests.reading.measuring.answers import Answer

Row = Mapping[str, Any]
RISKS: Final = ("injury", "extortion", "media", "legal", "regulator", "abuse", "anger", "human", "mass")
SLOTS: Final = ("order_no", "phone", "amount", "purchase_date", "product", "batch_no")
_CODES: Final = ("order_no", "batch_no", "phone")
_LEAST_OF_PHONE, _LEAST_OF_WORDS = 7, 2


class Count(NamedTuple):
    """Rightly said, wrongly said, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was said that is so."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """The share of what is so that was said."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Both in one."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def seen(self) -> int:
        """How many there are."""
        return self.right + self.missed


def counted(pairs: Iterable[tuple[bool, bool]]) -> Count:
    """Of pairs (said, so)."""
    rows = list(pairs)
    return Count(
        sum(said and so for said, so in rows),
        sum(said and not so for said, so in rows),
        sum(so and not said for said, so in rows),
    )


def categories(rows: list[Row], answers: list[Answer]) -> float:
    """Macro-F1 over the categories that occur; another accepted category counts as the right one."""
    clear = [
        (row, one.category) for row, one in zip(rows, answers, strict=True) if not row.get("category_unclear")
    ]
    said = [row["category"] if one in row.get("category_also", ()) else one for row, one in clear]
    names = {row["category"] for row, _ in clear}
    by_name = [
        counted((one == name, row["category"] == name) for one, (row, _) in zip(said, clear, strict=True))
        for name in names
    ]
    return sum(one.f1 for one in by_name) / max(1, len(by_name))


def complaints(rows: list[Row], answers: list[Answer]) -> Count:
    """Complaint or not."""
    return counted(
        (one.is_complaint, row["is_complaint"])
        for row, one in zip(rows, answers, strict=True)
        if not row.get("category_unclear")
    )


def risk(label: str, rows: list[Row], answers: list[Answer]) -> Count:
    """One risk; where it is a matter of taste it counts neither way."""
    return counted(
        (label in one.risks, label in row["risks"])
        for row, one in zip(rows, answers, strict=True)
        if label in row["risks"] or label not in row.get("risks_also", ())
    )


def risks(rows: list[Row], answers: list[Answer]) -> float:
    """Macro-F1 over the risks that occur."""
    counts = [risk(label, rows, answers) for label in RISKS]
    shown = [one.f1 for one in counts if one.seen]
    return sum(shown) / max(1, len(shown))


def flagged(rows: list[Row], answers: list[Answer]) -> tuple[int, int]:
    """Messages that only look like a risk: how many were taken for it, of how many."""
    pairs = [
        (label in one.risks)
        for row, one in zip(rows, answers, strict=True)
        for label in row.get("hard_negative_for", ())
        if label not in row["risks"] and label not in row.get("risks_also", ())
    ]
    return sum(pairs), len(pairs)


def remedy_right(row: Row, said: Mapping[str, Any] | None, paid: Iterable[Any] = ()) -> bool:
    """Kinds, amount and multiple all as they are; a refund named with the price paid is no mistake."""
    said = said or {}
    kinds = frozenset(said.get("kinds") or ())
    if kinds != frozenset(row["kinds"]) and kinds not in [
        frozenset(one) for one in row.get("kinds_also", ())
    ]:
        return False
    return _amount_right(row, said.get("amount"), paid) and _multiple_right(row, said.get("multiple"))


def _amount_right(row: Row, said: float | None, paid: Iterable[Any]) -> bool:
    if row.get("amount_range") is not None and said is not None:
        low, high = row["amount_range"]
        return (low is None or said >= low) and (high is None or said <= high)
    if row.get("amount") is None:
        return said is None or ("refund" in row["kinds"] and any(_near(said, one) for one in paid))
    return _near(said, row["amount"])


def _multiple_right(row: Row, said: float | None) -> bool:
    if row.get("multiple") is None:
        return said is None or (said == 1 and "refund" in row["kinds"])
    return any(_near(said, one) for one in (row["multiple"], *row.get("multiple_also", ())))


def _near(said: float | None, true: object) -> bool:
    if said is None or not isinstance(true, int | float):
        return False
    return abs(said - true) <= max(0.005 * abs(true), 0.005)


def slots(rows: Iterable[Row], answers: Iterable[Answer]) -> Count:
    """All facts together; optional ones count neither way."""
    counts = [_slot(name, row, one) for row, one in zip(rows, answers, strict=True) for name in SLOTS]
    return Count(*(sum(column) for column in zip(*counts, strict=True)))


def _slot(name: str, row: Row, answer: Answer) -> Count:
    true = list(_plain(name, row["slots"]))
    optional = list(_plain(name, row.get("slots_also") or {}))
    left, right, wrong = list(true), 0, 0
    for said in _plain(name, answer.slots):
        hit = next((one for one in left if _same(name, said, one)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
        elif not (any(_same(name, said, one) for one in optional + true) or (name == "product" and not true)):
            wrong += 1
    return Count(right, wrong, len(left))


def _plain(name: str, facts: Mapping[str, Any]) -> Iterator[Any]:
    """Values without the marks that do not matter."""
    values = facts.get(name) or []
    for value in values if isinstance(values, list) else [values]:
        words = str(value).strip().lower()
        if name == "amount":
            yield float(value) if isinstance(value, int | float) else words
        elif name in _CODES:
            code = re.sub(r"[\s\-–—/_.:：#]", "", words)
            yield re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", code.lstrip("+")) if name == "phone" else code
        else:
            yield re.sub(r"[\s，。,.!！?？\"'“”]", "", words)


def _same(name: str, one: float | str, other: float | str) -> bool:
    if one == other:
        return bool(one) or name in _CODES
    if not isinstance(one, str) or not isinstance(other, str):
        return isinstance(one, float) and _near(one, other)
    shorter = min(len(one), len(other))
    if name in {"product", "purchase_date"}:
        return shorter >= _LEAST_OF_WORDS and (one in other or other in one)
    return name == "phone" and shorter >= _LEAST_OF_PHONE and (one.endswith(other) or other.endswith(one))
