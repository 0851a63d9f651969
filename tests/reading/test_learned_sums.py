from math import exp, sqrt

import pytest

from bot.reading.folding import fold
from bot.reading.grams import grams
from bot.reading.learned import FINENESS, learned

TEXTS = [
    "上周买的电热壶不通电",
    "吃了你们的罐头住院了，要赔偿一万块，不然找媒体曝光",
    "I want my money back!!! this is awful and I will sue",
    "退款" * 300,
    "嗯",
    "",
]


def by_the_book(folded: str) -> dict[str, float]:
    """Each label's likeness, gram by gram and label by label."""
    ours = learned()
    places = [ours.known[gram] for gram in sorted(grams(folded)) if gram in ours.known]
    rarity = {place: ours.told.rarity[place] / FINENESS for place in places}
    totals = [0.0] * len(ours.labels)
    for place in places:
        for label, weight in ours.told.of(place):
            totals[label] += (weight - 128) * rarity[place]
    scale = ours.step / (sqrt(sum(one**2 for one in rarity.values())) or 1.0)
    scores = (bias + total * scale for bias, total in zip(ours.bias, totals, strict=True))
    return dict(zip(ours.labels, (1 / (1 + exp(-score)) for score in scores), strict=True))


@pytest.mark.parametrize("text", TEXTS)
def test_one_sum_for_all_labels_is_the_sum_for_each(text: str) -> None:
    """Likeness is what the learned weights say, to the eighth digit, for texts of any length."""
    folded = fold(text)
    assert learned().likeness(folded) == pytest.approx(by_the_book(folded), abs=1e-8)


def test_unknown_grams_tell_nothing() -> None:
    """Words that no example had change nothing, however often they are met."""
    plain = learned().likeness("退款")
    assert learned().likeness("退款 ☃☄☃☄") == plain
    assert learned().likeness("退款") == plain
