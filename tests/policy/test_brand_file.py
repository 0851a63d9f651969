"""The brand file: any part may be overridden, any slip is named."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from bot.complaint.case import Queue
from bot.complaint.errors import BrandFileWrong
from bot.complaint.reading import Language
from bot.config import DEMO_BRAND, load_rules
from bot.policy.brandfile import rules_from
from bot.policy.hours import Pause
from bot.policy.rules import Rules

OURS: dict[str, Any] = {"name": {"zh": "甲", "en": "A"}, "hotline": "1"}


@pytest.mark.practice("S78")
def test_a_second_brand_needs_no_code(tmp_path: Path) -> None:
    """Another zone, currency, ladder, calendar, queue and goodwill: all from one file, the rest as it was."""
    path = tmp_path / "brand.toml"
    path.write_text(
        """
        name = { en = "Nordkorn" }
        hotline = "+49 30 000000"
        zone = "Europe/Berlin"
        currency = "EUR"
        languages = ["en"]
        [ladder.bot]
        refund_cents = 5000
        [hours]
        lunch = { begins = "12:00", ends = "13:00" }
        opens = "8:30"
        holidays = [2026-12-25]
        [deadlines.sev3]
        first_human = "1 working day"
        [queues.safety]
        desk = -100200300
        [queues.safety.hours]
        weekdays = [1, 2, 3, 4, 5, 6, 7]
        [[goodwill]]
        key = "mug"
        kind = "gift"
        cents = 900
        names = { en = "a mug" }
        """,
        encoding="utf-8",
    )
    rules, ours = load_rules(path), Rules()
    assert rules.brand(Language.EN) == "Nordkorn"
    assert Language.ZH not in rules.name
    assert rules.ladder.bot.refund_cents == 5000
    assert rules.ladder.bot.goods_cents == ours.ladder.bot.goods_cents
    assert (rules.hours.opens, rules.hours.closes) == (time(8, 30), ours.hours.closes)
    assert rules.hours.lunch == Pause(begins=time(12), ends=time(13))
    assert rules.hours.holidays == (date(2026, 12, 25),)
    assert rules.deadlines.sev3.first_human == "1 working day"
    assert rules.deadlines.sev3.update == ours.deadlines.sev3.update
    assert rules.queue(Queue.SAFETY).desk == -100200300
    assert rules.queue(Queue.SAFETY).backup is Queue.QUALITY
    assert rules.queue(Queue.LEGAL) == ours.queue(Queue.LEGAL)
    assert [item.name(Language.EN) for item in rules.goodwill] == ["a mug"]


def test_a_file_that_states_only_who_it_is_gets_the_rest_from_us() -> None:
    """Name and hotline are the brand's own; everything else has a default."""
    rules = rules_from(OURS)
    assert (rules.hotline, rules.ladder, rules.deadlines) == ("1", Rules().ladder, Rules().deadlines)


@pytest.mark.practice("S24")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"hotline": None}, "hotline: it is missing"),
        ({"hotline": " "}, "hotline: write the service phone number"),
        ({"name": {"zh": "甲"}}, "name: write it in en too"),
        ({"name": "甲"}, "name: Expected object, got str"),
        ({"zone": "Mars"}, "zone: write an IANA time zone"),
        ({"currency": "yuan"}, "currency: write an ISO code"),
        ({"languages": ["fr"]}, "languages[0]: 'fr' is no word we know here"),
        ({"buffer": 1.5}, "buffer: write a share"),
        ({"hotlin": "2"}, 'hotlin: there is no such field. Did you mean "hotline"'),
        ({"ladder": {"bot": {"refund_cents": "200"}}}, "ladder.bot.refund_cents: Expected int"),
        ({"ladder": {"bot": {"refund": 2}}}, 'ladder.bot.refund: there is no such field. Did you mean "refund_cents"'),
        ({"ladder": {"bot": {"refund_cents": 200_000}}}, "ladder: refund_cents: write no more for the bot than"),
        ({"hours": {"opens": "19:00"}}, "hours: opens: write a time before closes"),
        ({"hours": {"weekdays": [0]}}, "hours: weekdays: write numbers from 1"),
        ({"hours": {"lunch": {"begins": "12:00", "ends": "11:00"}}}, "hours: lunch: write a break"),
        ({"hours": {"lunch": {"begin": "12:00", "ends": "13:00"}}}, "missing required field begins"),
        ({"deadlines": {"sev1": {"first_human": "soon"}}}, 'deadlines.sev1: first_human: "soon" is no deadline'),
        ({"queues": {"safty": {}}}, "queues: 'safty' is no word we know here"),
        ({"queues": {"safety": {"hours": {"open": "9:00"}}}}, "queues.safety.hours.open: there is no such field"),
        ({"goodwill": [{"key": "a", "kind": "refund_full", "cents": 1}]}, "kind of a goodwill item"),
        ({"goodwill": [{"key": "a", "kind": "gift", "cents": 1, "names": {"zh": "x"}}]}, "goodwill a: names: write it"),
        ({"goodwill": [{"key": "a", "kind": "gift", "cents": 1, "cent": 2}]}, "goodwill[0].cent: there is no"),
        ({"settle": {"quiet_seconds": 20}}, "settle: settle: write quiet_seconds"),
        ({"hard_stops": {"manager_days": 5}}, "hard_stops: hard_stops: write rising"),
        ({"nudge_hours": [72, 24]}, "nudge_hours: write rising hours"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_what_to_write(change: dict[str, Any], says: str) -> None:
    """The field by its place in the file, and what belongs there."""
    raw = {key: value for key, value in (OURS | change).items() if value is not None}
    with pytest.raises(BrandFileWrong) as wrong:
        rules_from(raw)
    assert says in wrong.value.detail
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe"])
def test_what_is_no_toml_is_named_with_its_file(tmp_path: Path, content: bytes) -> None:
    """Half a line or another encoding: one line that names the file."""
    path = tmp_path / "brand.toml"
    path.write_bytes(content)
    with pytest.raises(BrandFileWrong, match=r"brand\.toml: this is no TOML"):
        load_rules(path)


def test_a_brand_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The path as it was given."""
    with pytest.raises(BrandFileWrong, match=r"gone\.toml: it cannot be read"):
        load_rules(tmp_path / "gone.toml")


def test_the_demo_brand_is_the_default_and_complete() -> None:
    """It names itself, its gestures, queues and products in every language it speaks, and its book lies there."""
    rules = load_rules()
    assert rules == load_rules(DEMO_BRAND)
    assert Path(rules.orders).is_file()
    for language in rules.languages:
        assert rules.brand(language)
        assert rules.hotline_times(language)
        assert all(rules.owner(queue, language) for queue in Queue)
        assert all(product.names.get(language) for product in rules.products)


def test_names_fall_back_rather_than_fail() -> None:
    """Traditional reads Simplified, everybody else English; an unnamed gesture shows its key."""
    rules = rules_from(OURS)
    assert rules.brand(Language.ZH_HANT) == "甲"
    assert rules.brand(Language.EN) == "A"
    assert Rules().goodwill[0].name(Language.ZH) == "voucher_10"
    assert rules.goodwill == ()
    assert Rules().hotline_times(Language.ZH) == "09:00–18:00"
