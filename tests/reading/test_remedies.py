"""What people ask for, read as the table of remedy expressions says."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.complaint.reading import Reading, RemedyKind

_TABLE = tomllib.loads((Path(__file__).parent / "remedies.toml").read_text(encoding="utf-8"))
_EXCEPTIONS = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text(encoding="utf-8"))
_EXCEPT = {one["said"] for one in _EXCEPTIONS["remedy"]}
_DEMANDS = [row for row in _TABLE["demand"] if row["said"] not in _EXCEPT]
_VALUES = ("amount", "amount_most", "share", "multiple", "basis")
_FLAGS = ("at_least", "at_most", "open_ended", "refuses_money", "alternatives", "conditional")


@pytest.mark.practice("S22", "S96")
@pytest.mark.parametrize("row", _DEMANDS, ids=lambda row: row["said"])
def test_a_demand_is_read_in_full(read: Callable[..., Reading], row: dict[str, Any]) -> None:
    """Kinds, sums, bounds, multiples and conditions of a demand are all read."""
    remedy = read(row["said"]).remedy
    assert remedy is not None
    assert {kind.value for kind in remedy.kinds} == set(row["kinds"])
    assert {name: getattr(remedy, name) for name in _VALUES} == {name: row.get(name) for name in _VALUES}
    assert {name: getattr(remedy, name) for name in _FLAGS} == {name: row.get(name, False) for name in _FLAGS}
    assert {kind.value for kind in remedy.excludes} == set(row.get("excludes", []))
    assert remedy.currency == row.get("currency", remedy.currency)


@pytest.mark.parametrize("said", [said for said in _TABLE["no_demand"] if said not in _EXCEPT])
def test_prices_history_and_rhetoric_are_no_demand(read: Callable[..., Reading], said: str) -> None:
    """A price paid, an old settlement, an insult or an idiom asks for nothing."""
    assert read(said).remedy is None


def test_not_for_the_money_is_heard(read: Callable[..., Reading]) -> None:
    """Who says it is not about money is not offered money."""
    remedy = read("我又不是为了钱").remedy
    assert remedy is not None
    assert remedy.refuses_money
    assert remedy.amount is None


def test_the_first_kind_is_what_is_wanted_now(read: Callable[..., Reading]) -> None:
    """In a conditional demand the primary wish comes first, the threat after it."""
    remedy = read("不退就十倍").remedy
    assert remedy is not None
    assert remedy.kinds[0] is RemedyKind.REFUND_FULL


def test_a_bare_wish_counts_as_an_answer(read: Callable[..., Reading]) -> None:
    """Asked what would put it right, one word is enough, even in a long sentence."""
    said = "家里人商量了一下觉得也没有别的更合适的办法了那就退款"
    remedy = read(said, asked="wish").remedy
    assert remedy is not None
    assert remedy.kinds == (RemedyKind.REFUND_FULL,)
