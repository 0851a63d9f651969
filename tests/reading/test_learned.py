"""What was learned from examples, heard beside the cues; measured on messages that nobody learned from."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from bot.complaint.evolving import replace
from bot.complaint.reading import Category, Family, Reading, Risk, Span
from bot.reading import Reader
from bot.reading.cuebook import built_in_cues
from bot.reading.finding import Finder
from bot.reading.folding import fold
from bot.reading.learning import examples as labelled
from bot.reading.learning.examples import Example, ExampleWrong, read_examples
from bot.reading.risks import read_risks
from bot.reading.weighing import UNLIKE
from tests.furniture import the_reader

UNSEEN = Path(__file__).parent / "unseen"
Read = Callable[..., Reading]


@cache
def _finder() -> Finder:
    return Finder(built_in_cues())


@pytest.fixture(scope="module")
def unseen() -> list[Example]:
    """Messages that were written apart, and that nothing was learned from."""
    return read_examples(UNSEEN)


def test_no_unseen_message_was_learned_from(unseen: list[Example]) -> None:
    """What judges the reader is kept apart from what taught it."""
    taught = {one.text for one in read_examples(Path(labelled.__file__).with_name("examples"))}
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
                for risk in read_risks(text, _finder().find(fold(text)), [])
            )
            for text in told
        )
        assert heard > cued, family


@pytest.mark.practice("R27")
@pytest.mark.parametrize(
    ("family", "least"), [(Family.INJURY, 0.9), (Family.EXTORTION, 0.93), (Family.SELF_HARM, 0.75)]
)
def test_little_unseen_danger_is_missed(
    reader: Reader, unseen: list[Example], family: Family, least: float
) -> None:
    """What is not shown is at least suspected."""
    told = [reader.read(one.text) for one in unseen if family.value in one.risks]
    heard = sum(one.may_show(family) or (family is Family.INJURY and one.hazard) for one in told)
    assert heard / len(told) >= least


@pytest.mark.practice("R1")
def test_most_unseen_grievances_are_known_as_such(reader: Reader, unseen: list[Example]) -> None:
    """Dissatisfaction counts in whatever words; of unseen messages nine in ten are told rightly."""
    right = sum(reader.read(one.text).is_complaint is bool(one.shows("complaint")) for one in unseen)
    assert right / len(unseen) > 0.88


def test_seven_of_ten_unseen_grievances_are_about_what_they_are_about(
    reader: Reader, unseen: list[Example]
) -> None:
    """Cues and likeness tell the category together; by cues alone it was four of ten."""
    right = sum(reader.read(one.text).category.value == one.category for one in unseen)
    assert right / len(unseen) > 0.68


@pytest.mark.parametrize(
    "said", ["电热壶不通电，订单8841", "再补偿100块吧", "我要起诉你们", "气死我了，等了三天"]
)
def test_ordinary_words_of_a_talk_raise_no_suspicion(read: Read, said: str) -> None:
    """Short plain lines are what most of a talk is made of."""
    assert not read(said).may_show(Family.INJURY, Family.SELF_HARM, Family.EXTORTION)


@pytest.mark.parametrize(
    "said", ["最少2000，不然免谈", "至少500，否则不谈", "没有三百免谈", "低于1000没得谈", "2000 or no deal"]
)
def test_a_counter_offer_is_no_threat(read: Read, said: str) -> None:
    """Who will take nothing less threatens nobody."""
    assert not read(said).may_show(Family.EXTORTION)


@pytest.mark.parametrize("said", ["给我2000，不然免谈，我叫人来砸店", "2000块封口费，不然免谈"])
def test_a_threat_beside_a_counter_offer_is_one(read: Read, said: str) -> None:
    """The words of a bargain do not hide what is threatened beside them."""
    assert read(said).may_show(Family.EXTORTION)


@pytest.mark.practice("R27")
def test_a_suspicion_is_no_sign(read: Read) -> None:
    """What is only perhaps there counts neither as shown nor as a cue, however often it is found."""
    span = Span(0, 2, "一万")
    perhaps = Risk(family=Family.EXTORTION, span=span, perhaps=True)
    reading = replace(read("你好"), risks=(perhaps, perhaps))
    assert not reading.shows(Family.EXTORTION)
    assert reading.cue(Family.EXTORTION) is None
    assert reading.doubt(Family.EXTORTION) == "一万"
    outright = replace(reading, risks=(perhaps, Risk(family=Family.EXTORTION, span=span)))
    assert outright.doubt(Family.EXTORTION) is None
    assert outright.shows(Family.EXTORTION)


@pytest.mark.practice("R45")
def test_whoever_names_a_remedy_has_a_complaint(read: Read) -> None:
    """A claim that the cues read as a complaint is none the less one for sounding like chat."""
    assert read("赔我3000，我粉丝80万").is_complaint


@pytest.mark.practice("R27")
@pytest.mark.parametrize("family", [Family.INJURY, Family.EXTORTION, Family.SELF_HARM])
def test_learning_takes_hardly_any_true_danger_back(
    reader: Reader, unseen: list[Example], family: Family
) -> None:
    """Of a hundred dangers that a cue shows, the whole text takes back one at most."""
    told = [one.text for one in unseen if family.value in one.risks]
    cued = [text for text in told if family in _cued(text)]
    lost = [text for text in cued if not reader.read(text).may_show(family)]
    assert len(lost) <= len(cued) / 100


@pytest.mark.practice("R27")
def test_what_only_looks_like_danger_is_taken_back_by_the_rest_of_the_text(unseen: list[Example]) -> None:
    """A cue in a text that is nothing like its sign is none."""
    taken_back = 0
    for one in unseen:
        false = {family for family in _cued(one.text) if family in UNLIKE and family.value not in one.risks}
        taken_back += sum(not the_reader().read(one.text).shows(family) for family in false)
    assert taken_back > 0


def _cued(text: str) -> set[Family]:
    risks = read_risks(text, _finder().find(fold(text)), [])
    return {risk.family for risk in risks if not risk.weak}


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
    from bot.reading.learning.__main__ import main  # noqa: PLC0415 - what it stands on takes a second to load

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
