"""Properties of the reading of any text."""

from math import isfinite
from typing import Any

import msgspec

from bot.complaint.reading import Category, Reading, Span
from bot.reading import Reader, as_contract

_KINDS = {"refund", "replacement", "repair", "compensation", "apology", "explanation", "voucher", "other"}
_RISKS = {"injury", "extortion", "media", "legal", "regulator", "abuse", "anger", "human", "mass"}
_SLOTS = {"order_no", "phone", "amount", "purchase_date", "product", "batch_no"}
_KEYS = {"id", "lang", "category", "risks", "remedy", "slots", "is_complaint"}


def read_and_hold(reader: Reader, text: str, asked: str | None = None) -> Reading:
    """The reading of a text, once all that must hold was seen to hold.

    Raises:
        AssertionError: something does not hold; the message says what.
    """
    reading = reader.read(text, asked=asked)
    assert reading == reader.read(text, asked=asked), "read twice, it says two things"
    for span in _spans(reading):
        assert 0 <= span.start <= span.end <= len(text), f"{span} lies outside of the text"
        assert text[span.start : span.end] == span.text, f"{span} does not hold its words"
    slots = reading.slots
    for words in (
        *slots.order_no, *slots.phone, *slots.batch_no, *slots.purchase_date, *slots.product, *reading.issue,
    ):  # fmt: skip
        assert words, "an empty fact"
        assert words in text, f"{words!r} is not in the text"
    assert 0 <= reading.confidence <= 1, f"confidence {reading.confidence}"
    _hold_contract(as_contract("x", reading))
    return reading


def _spans(reading: Reading) -> list[Span]:
    return [risk.span for risk in reading.risks] + ([reading.remedy.span] if reading.remedy else [])


def _hold_contract(line: dict[str, Any]) -> None:
    """The outside form is JSON of the agreed labels, and comes back as it went."""
    assert msgspec.json.decode(msgspec.json.encode(line)) == line, "not the same after JSON"
    assert set(line) == _KEYS, f"keys {set(line)}"
    assert line["category"] in set(Category), f"category {line['category']}"
    assert line["lang"] in {"zh", "zh-Hant", "en"}, f"language {line['lang']}"
    assert set(line["risks"]) <= _RISKS, f"risks {line['risks']}"
    assert set(line["slots"]) <= _SLOTS, f"slots {line['slots']}"
    _hold_numbers(line["slots"].get("amount", []))
    if remedy := line["remedy"]:
        assert set(remedy["kinds"]) <= _KINDS, f"kinds {remedy['kinds']}"
        assert remedy["kind"] == (remedy["kinds"] or [None])[0], "the first kind is not the first"
        _hold_numbers([one for one in (remedy["amount"], remedy["multiple"]) if one is not None])


def _hold_numbers(numbers: list[float]) -> None:
    for one in numbers:
        assert isfinite(one), f"{one} is no number"
        assert one >= 0, f"{one} is below nothing"
