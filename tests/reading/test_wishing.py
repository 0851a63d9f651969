"""Wishes by cues and likeness together: each kind is weighed by both."""

from collections.abc import Callable, Mapping

import pytest

from bot.complaint.reading import Reading, Remedy, RemedyKind, Span
from bot.reading.folding import fold
from bot.reading.learned import Learned
from bot.reading.money import sums
from bot.reading.wishing import weighed_wish, with_its_sum

_KNOWS_NOTHING = Learned(("wish.refund", "wish.repair"), (0.0, 0.0), {})
SAID = "门卫说可以修，可我等了两周，这台机器你们拉走算了"


def _remedy(*kinds: RemedyKind, amount: float | None = None, refuses_money: bool = False) -> Remedy:
    return Remedy(kinds=kinds, span=Span(0, 4, SAID[:4]), amount=amount, refuses_money=refuses_money)


def _weighed(remedy: Remedy | None, like: Mapping[str, float], *, complains: bool = True) -> Remedy | None:
    return weighed_wish(remedy, SAID, fold(SAID), {}, like, _KNOWS_NOTHING, complains=complains)


@pytest.mark.practice("S22")
def test_a_word_of_a_wish_that_nothing_else_sounds_like_is_no_wish() -> None:
    """What others said or what was done stands in the words of a wish, too."""
    assert _weighed(_remedy(RemedyKind.REPAIR), {"wish.repair": 0.001}) is None


@pytest.mark.practice("S22")
def test_what_all_sounds_like_is_asked_for_besides_what_a_cue_shows() -> None:
    """A second wish is heard where it is put in words that no cue knows."""
    heard = _weighed(_remedy(RemedyKind.REPAIR), {"wish.repair": 0.6, "wish.refund": 0.9})
    assert heard is not None
    assert heard.kinds == (RemedyKind.REPAIR, RemedyKind.REFUND_FULL)


@pytest.mark.practice("S22")
def test_a_sum_that_is_named_keeps_its_wish() -> None:
    """Whoever names a figure asks for it, whatever the words sound like."""
    heard = _weighed(_remedy(RemedyKind.COMPENSATION, amount=300), {"wish.compensation": 0.001})
    assert heard is not None
    assert heard.amount == 300


@pytest.mark.practice("S22")
def test_who_refuses_money_is_given_none() -> None:
    """A refusal is said so firmly that no likeness outweighs it."""
    refused = _remedy(RemedyKind.APOLOGY, refuses_money=True)
    assert _weighed(refused, {"wish.compensation": 0.99, "wish.apology": 0.01}) is refused


def test_who_does_not_complain_is_given_no_wish() -> None:
    """A question about returns asks for nothing put right."""
    assert _weighed(None, {"wish.refund": 0.95}, complains=False) is None


@pytest.mark.practice("S22", "S96")
@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("猫住院四千三，发票都齐", 4300),
        ("八十不够，一百八", 180),
        ("forty bucks is an insult, try ninety dollars", 90),
        ("三百块买的鞋，脚磨烂了", None),
        ("打车六十，挂号三十，都要算", None),
    ],
)
def test_the_one_sum_beside_a_wish_for_compensation_is_what_is_asked(said: str, amount: float | None) -> None:
    """A loss that is put in figures needs no "pay me" beside it; a price paid, or two losses, are no such figure."""
    folded = fold(said)
    remedy = with_its_sum(_remedy(RemedyKind.COMPENSATION), folded, {}, sums(folded))
    assert remedy is not None
    assert remedy.amount == amount


@pytest.mark.practice("S22", "S96")
@pytest.mark.parametrize(
    ("said", "share"),
    [
        ("退我一半就算了", 0.5), ("价格对半砍", 0.5), ("让我两成", 0.2), ("打个八五折吧", 0.15), ("退三分之一", 0.333),
        ("a third off please", 0.333), ("three quarters of it back", 0.75), ("split the cost with me", 0.5),
    ],
)  # fmt: skip
def test_a_part_of_the_price_is_heard_in_whatever_words(
    read: Callable[..., Reading], said: str, share: float
) -> None:
    """Halves, tenths and fractions, off or back."""
    remedy = read(said).remedy
    assert remedy is not None
    assert remedy.share == pytest.approx(share, abs=0.002)


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("少收我三十", 30), ("a couple of hundred should do", 200), ("up to 100 dollars", 100),
        ("one hundred and twenty dollars", 120), ("anywhere between 40 and 60", 40),
    ],
)  # fmt: skip
def test_a_sum_in_words_is_heard(read: Callable[..., Reading], said: str, amount: float) -> None:
    """Sums off the price, and sums written out."""
    remedy = read(said).remedy
    assert remedy is not None
    assert remedy.amount == amount
