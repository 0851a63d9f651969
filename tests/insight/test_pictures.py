"""The desk's pictures: right in both languages, of few and of many cases, on any machine."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.complaint.evolving import replace
from bot.complaint.ids import UserId
from bot.complaint.reading import Category
from bot.insight.facts import CaseFacts
from bot.insight.figures import Around
from bot.insight.frame import Period
from bot.insight.pictures import Picture, Words, album, colleague_card
from bot.insight.pictures.asked import Asked
from bot.insight.pictures.drawing import HEIGHT, WIDTH, cut, drawable
from bot.insight.pictures.lean import lean_facts, rename
from bot.insight.rows import body_of
from tests.insight import small
from tests.insight.year import ZONE, active, shipped, year

REPLIES = Path(__file__).parents[2] / "replies"
MARCH = Period(first=date(2026, 3, 1), until=date(2026, 4, 1), zone=ZONE)
OCTOBER = Period(first=date(2025, 10, 1), until=date(2025, 11, 1), zone=ZONE)
YEAR = Period(first=date(2025, 1, 1), until=date(2026, 1, 1), zone=ZONE)
EVERY = ("volume", "keeping", "ends", "causes", "shipped")
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


def words(language: str) -> Words:
    """All that pictures say, as the replies have it."""
    theirs = tomllib.loads((REPLIES / language / "terms.toml").read_text("utf-8"))
    ours = tomllib.loads((REPLIES / "desk" / language / "terms.toml").read_text("utf-8"))
    names = {"category": theirs["category"], "month": ours["month"], "month_short": ours["month_short"]}
    return Words(texts=ours["picture"], names=names, currency="¥")


def asked(language: str, facts: list[CaseFacts], period: Period, **more: object) -> Asked:
    """A wish for pictures of these cases."""
    wish = Asked(facts=facts, period=period, words=words(language), brand="禾穗", limit=100.0)
    return replace(wish, **more)  # type: ignore[arg-type]


def looked_at(picture: Picture) -> Image.Image:
    """The picture, opened."""
    return Image.open(BytesIO(picture.png)).convert("RGB")


def inked(image: Image.Image) -> float:
    """How much of it is not white."""
    histogram = image.convert("L").histogram()
    return 1 - sum(histogram[250:]) / sum(histogram)


def colours(image: Image.Image) -> Iterator[tuple[int, int, int]]:
    """The colours that fill more than a few dots of it."""
    for count, colour in image.getcolors(WIDTH * HEIGHT) or []:
        if count > 1500 and isinstance(colour, tuple):
            yield colour[0], colour[1], colour[2]


@LANGUAGES
def test_pictures_of_a_year_fill_a_phone_and_lack_no_sign(language: str) -> None:
    """Five portraits of one size with ink on them; a sign that the font lacked would be a warning, and so an error."""
    found = album(
        asked(
            language, year(7, 2000), YEAR, around=Around(shipped=shipped(3), active=active()), compared=False
        )
    )

    assert tuple(one.name for one in found) == EVERY
    for one in found:
        image = looked_at(one)
        assert image.size == (WIDTH, HEIGHT)
        assert 0.03 < inked(image) < 0.45
        assert len(one.png) < 400_000


@LANGUAGES
def test_few_cases_are_drawn_without_rates(language: str) -> None:
    """Ten cases give pictures too, with the counts, and no rate of so few."""
    found = {one.name: one for one in album(asked(language, small.facts(), MARCH))}

    assert found["volume"].numbers["came"] == 10
    assert found["keeping"].numbers["kept"] is None
    assert found["keeping"].numbers["due"] == 4
    assert found["ends"].numbers["content"] is None
    assert "shipped" not in found


@pytest.mark.practice("S67", "S68", "S79")
def test_what_is_above_its_limit_is_named_under_the_picture() -> None:
    """With shipments and users known there is a picture of PPM; who is above the limit stands under it."""
    around = Around(shipped=small.SHIPPED, active=small.ACTIVE)

    found = {one.name: one for one in album(asked("zh", small.facts(), MARCH, around=around))}

    assert found["shipped"].numbers["users"] == "2.5"
    assert found["shipped"].numbers["ppm"] == "175"
    assert "tea" in found["shipped"].numbers["over"]


def test_nothing_at_all_is_a_picture_too() -> None:
    """No case, no promise, no answer: the pictures say so, and nothing breaks."""
    found = album(asked("zh", [], MARCH, around=Around(shipped=small.SHIPPED)))

    assert {one.name for one in found} >= {"volume", "keeping", "ends", "causes"}
    assert all(inked(looked_at(one)) > 0.005 for one in found)


def test_more_and_fewer_are_against_the_time_before_of_the_same_length() -> None:
    """October is compared with the 31 days before it."""
    facts = year(7, 3000)
    start, end = OCTOBER.moments()
    now = sum(start <= one.opened_at < end for one in facts)
    before = sum(start - timedelta(days=31) <= one.opened_at < start for one in facts)

    (volume,) = album(asked("zh", facts, OCTOBER), ("volume",))

    assert volume.numbers["change"] == round((now - before) * 100 / before)


def test_blue_and_orange_are_the_only_colours() -> None:
    """Few colours, told apart by everybody: blue, orange, and shades of grey."""
    for one in album(asked("zh", year(7, 2000), OCTOBER)):
        for red, green, blue in colours(looked_at(one)):
            grey = max(red, green, blue) - min(red, green, blue) < 30
            assert grey or (red < 60 and blue > 130) or (red > 180 and blue < 60)


def test_names_are_drawn_whatever_signs_they_hold() -> None:
    """Signs that the font lacks, dollars and control signs spoil no picture."""
    odd = "套餐$99 🎁\u0007𠮷野家 ㍿ แมว"
    facts = [replace(one, product=odd, category=Category.QUALITY, cause=odd) for one in small.facts()]

    (causes,) = album(asked("zh", facts, MARCH), ("causes",))

    assert inked(looked_at(causes)) > 0.01
    assert drawable("🎁🎁礼盒") == "?礼盒"


@LANGUAGES
@pytest.mark.practice("S1")
def test_a_colleagues_card_shows_their_own_cases_alone(language: str) -> None:
    """The scorecard counts what its colleague closed, and nobody else's."""
    facts = year(7, 2000)
    start, end = YEAR.moments()
    mine = [one for one in facts if one.agent == 3 and one.first_closed_at]
    closed = sum(start <= one.first_closed_at < end for one in mine if one.first_closed_at)

    card = colleague_card(asked(language, facts, YEAR), UserId(3))

    assert card.numbers == {"cases": closed}
    assert looked_at(card).size == (WIDTH, HEIGHT)


def test_a_long_name_is_cut_where_it_has_no_room() -> None:
    """Wide and narrow signs count by their width."""
    assert cut("三十厘米不粘炒锅加大款", 6) == "三十厘米不…"
    assert cut("kettle", 6) == "kettle"


def test_lean_rows_give_the_same_pictures() -> None:
    """What is read faster, without what no picture shows, draws what all the facts draw."""
    facts = year(11, 1500)
    around = Around(shipped=shipped(3), active=active())
    lean = lean_facts(f"[{','.join(map(body_of, facts))}]".encode())

    for one, other in zip(
        album(asked("zh", facts, OCTOBER, around=around)),
        album(asked("zh", lean, OCTOBER, around=around)),
        strict=True,
    ):
        assert one.numbers == other.numbers
        assert one.png == other.png


def test_products_are_called_by_their_names() -> None:
    """Rows that know a product by its key, or by what customers call it, are one product."""
    for facts in (small.facts(), lean_facts(f"[{','.join(map(body_of, small.facts()))}]".encode())):
        rename(facts, {"tea": "茉莉花茶", "jam": "茉莉花茶"})

        assert {one.product for one in facts} == {"", "茉莉花茶"}
