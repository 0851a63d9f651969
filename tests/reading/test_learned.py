"""What was learned from examples, heard beside the cues; measured on messages that nobody learned from."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.complaint.reading import Category, Family, Reading
from bot.reading import Reader
from bot.reading.cuebook import built_in_cues
from bot.reading.finding import Finder
from bot.reading.folding import fold
from bot.reading.learning.__main__ import HERE, main
from bot.reading.learning.examples import Example, ExampleWrong, read_examples
from bot.reading.risks import read_risks

UNSEEN = Path(__file__).parent / "unseen"
Read = Callable[..., Reading]
FINDER = Finder(built_in_cues())
READER = Reader()


@pytest.fixture(scope="module")
def unseen() -> list[Example]:
    """Messages that were written apart, and that nothing was learned from."""
    return read_examples(UNSEEN)


def test_no_unseen_message_was_learned_from(unseen: list[Example]) -> None:
    """What judges the reader is kept apart from what taught it."""
    taught = {one.text for one in read_examples(HERE / "examples")}
    assert len(unseen) > 800
    assert not [one.text for one in unseen if one.text in taught]


@pytest.mark.practice("R27", "S108")
def test_more_danger_is_heard_than_the_cues_know(reader: Reader, unseen: list[Example]) -> None:
    """On unseen messages learning finds danger that no cue shows."""
    for family in (Family.INJURY, Family.SELF_HARM, Family.EXTORTION):
        told = [one.text for one in unseen if family.value in one.risks]
        heard = sum(reader.read(text).shows(family) for text in told)
        cued = sum(
            any(
                risk.family is family and not risk.weak
                for risk in read_risks(text, FINDER.find(fold(text)), [])
            )
            for text in told
        )
        assert heard > cued, family


@pytest.mark.practice("R1")
def test_most_unseen_grievances_are_known_as_such(reader: Reader, unseen: list[Example]) -> None:
    """Dissatisfaction counts in whatever words; of unseen messages at least four in five are told rightly."""
    right = sum(reader.read(one.text).is_complaint is bool(one.shows("complaint")) for one in unseen)
    assert right / len(unseen) > 0.8


@settings(deadline=None, max_examples=150)
@given(st.sampled_from([one.text for one in read_examples(UNSEEN)]))
def test_learning_takes_no_danger_away(text: str) -> None:
    """Whatever the cues show stays shown."""
    cued = read_risks(text, FINDER.find(fold(text)), []) if text else ()
    shown = {(risk.family, risk.span.start) for risk in READER.read(text).risks}
    assert {risk.family for risk in cued if not risk.weak} <= {family for family, _ in shown}


def test_learned_danger_names_the_words_that_told_it(read: Read) -> None:
    """The desk sees which clause it was: the span is the complainant's own words."""
    said = "昨天收到的。热水袋半夜自己裂开，一条腿全烫起了泡，皮都揭下来一层。你们看看"
    risks = [one for one in read(said).risks if one.family is Family.INJURY]
    assert risks
    assert all(said[one.span.start : one.span.end] == one.span.text for one in risks)


def test_a_category_without_any_cue_is_told(read: Read) -> None:
    """Where no cue knows what it is about the whole text tells."""
    assert read("大件不上楼，师傅张嘴就要八十，下单的时候可没这一条").category is not Category.NONE


def test_learning_twice_makes_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file can be made again by anybody, byte for byte."""
    lines = [f"quality\t-\t第{n}次买的壶不通电" for n in range(20)]
    lines += [f"food_safety\tinjury\t吃了第{n}口就上吐下泻进了医院" for n in range(20)]
    lines += [f"none\t-\t请问第{n}家店几点开门" for n in range(20)]
    (tmp_path / "few.tsv").write_text("\n".join(lines), "utf-8")
    made = []
    for name in ("one.bin", "two.bin"):
        out = tmp_path / name
        monkeypatch.setattr("sys.argv", ["learning", "--examples", str(tmp_path), "--out", str(out)])
        assert main() == 0
        made.append(out.read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("quality\t坏了", "tabs"),
        ("bad\t-\t坏了", "category"),
        ("quality\tbad\t坏了", "risk"),
        ("?\tbad\t坏", "risk"),
    ],
)
def test_a_wrong_line_of_examples_is_named(tmp_path: Path, line: str, hint: str) -> None:
    """Whoever adds examples is told which line is wrong, and what to write."""
    (tmp_path / "some.tsv").write_text(f"# some\n{line}\n", "utf-8")
    with pytest.raises(ExampleWrong, match=f"line 2.*{hint}"):
        read_examples(tmp_path)
