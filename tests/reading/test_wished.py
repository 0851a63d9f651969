"""Wishes that no cue shows."""

import pytest

from bot.complaint.reading import RemedyKind
from bot.reading.folding import fold
from bot.reading.learned import Learned
from bot.reading.wished import CLEARLY, wished

_KNOWS_NOTHING = Learned(("wish.refund",), (0.0,), {})
SAID = "那份没动过的面，总不能叫我买单"


@pytest.mark.practice("S22")
def test_what_a_text_clearly_sounds_like_asking_for_is_its_wish() -> None:
    """One kind, the likeliest, with the customer's own words."""
    remedy = wished(SAID, fold(SAID), {"wish.refund": CLEARLY, "wish.other": 0.3}, _KNOWS_NOTHING)
    assert remedy is not None
    assert remedy.kinds == (RemedyKind.REFUND_FULL,)
    assert remedy.span.text == SAID[remedy.span.start : remedy.span.end]


@pytest.mark.practice("S22")
@pytest.mark.parametrize(("said", "likeness"), [(SAID, CLEARLY - 0.01), ("好吧", 0.99)])
def test_no_wish_is_made_up(said: str, likeness: float) -> None:
    """Neither from a faint likeness nor from two characters."""
    assert wished(said, fold(said), {"wish.refund": likeness}, _KNOWS_NOTHING) is None
