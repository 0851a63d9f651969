"""Sums that are asked for in people's own ways, and sums that only look like it."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.complaint.reading import Reading

_TABLE = tomllib.loads((Path(__file__).parent / "asked_sums.toml").read_text(encoding="utf-8"))


@pytest.mark.practice("S22", "S96")
@pytest.mark.parametrize("row", _TABLE["asked"], ids=lambda row: row["said"])
def test_a_sum_is_heard_in_whatever_words(read: Callable[..., Reading], row: dict[str, Any]) -> None:
    """The sum asked for is told from those spent, offered or told of in the same breath."""
    remedy = read(row["said"]).remedy
    assert remedy is not None
    assert (remedy.amount, remedy.amount_most) == (row["amount"], row.get("amount_most"))


@pytest.mark.parametrize("said", _TABLE["unasked"])
def test_a_price_an_offer_or_a_code_is_no_sum_asked_for(read: Callable[..., Reading], said: str) -> None:
    """What was paid, what others offered, and numbers of orders are no demand for money."""
    remedy = read(said).remedy
    assert remedy is None or remedy.amount is None


@pytest.mark.parametrize(
    "said", ["订单 3015 7782 6649 一直没发货", "3015 7782 6649", "order 4471 9920 3318 still not here"]
)
def test_a_number_in_groups_is_an_order(read: Callable[..., Reading], said: str) -> None:
    """Figures written in groups of four are one number of an order, and no sums."""
    slots = read(said).slots
    assert len(slots.order_no) == 1
    assert slots.amount == ()


@pytest.mark.parametrize("said", ["打 0161 4960 1234 没人接", "卡号 6222 0212 3456 7890 扣了两次"])
def test_not_every_number_in_groups_is_an_order(read: Callable[..., Reading], said: str) -> None:
    """A telephone number begins with a nought, and a bank card has more groups."""
    assert read(said).slots.order_no == ()
