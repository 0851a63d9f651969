"""The outside form of a reading."""

import json

import pytest

from bot.reading import Reader

_KEYS = {"id", "lang", "category", "risks", "remedy", "slots", "is_complaint"}
_REMEDY_KEYS = {"kind", "kinds", "amount", "currency", "multiple", "open_ended", "refuses_money"}


def test_a_line_has_the_promised_keys(reader: Reader) -> None:
    """Whoever pipes messages through gets every promised key, as plain JSON."""
    line = reader.as_contract("a1", reader.read("8841这单退一赔三，不然起诉！！！垃圾"))
    assert set(line) == _KEYS
    assert line["id"] == "a1"
    assert set(line["remedy"]) == _REMEDY_KEYS
    assert line["remedy"]["kinds"] == ["refund", "compensation"]
    assert line["remedy"]["multiple"] == 3
    assert json.loads(json.dumps(line)) == line


def test_nothing_asked_is_null(reader: Reader) -> None:
    """No demand is null, not an empty object."""
    assert reader.as_contract("a2", reader.read("你好"))["remedy"] is None


@pytest.mark.parametrize(("said", "share"), [("退一半", 0.5), ("打八折吧", 0.2), ("50% refund is okay", 0.5)])
def test_a_part_of_the_price_is_a_fraction(reader: Reader, said: str, share: float) -> None:
    """Partial refunds go out as the fraction that comes back."""
    remedy = reader.as_contract("a3", reader.read(said))["remedy"]
    assert remedy["kinds"] == ["refund"]
    assert remedy["multiple"] == share


def test_social_exposure_goes_out_as_media_and_rage_as_anger(reader: Reader) -> None:
    """Seventeen families go out in nine labels."""
    line = reader.as_contract("a4", reader.read("气死我了，这就发抖音！"))
    assert line["risks"] == ["media", "anger"]
