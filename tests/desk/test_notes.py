"""What stays in the house."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.actions import Remark, Say
from bot.desk import is_note, note_of
from bot.desk.notes import order_of, stays_inside
from tests.desk.desk_scene import (
    PHOTO,
    WANG,
    a_talk,
    carried,
    do,
    edited,
    held_case,
    of,
    said,
    talk_of,
    told,
    waiting_case,
    wrote,
)


@pytest.mark.parametrize(
    "text", ["// x", "//x", "／／ 内部", "/／ x", " // x", "\u200b// x", "\n//x", "\ufeff／/x", "//", "///"]
)
def test_two_slashes_make_a_note_however_they_are_written(text: str) -> None:
    """Two slashes at the start make a note: half or full width, after spaces, even after unseen signs."""
    assert is_note(text)
    assert order_of(text) is None


@pytest.mark.parametrize("text", ["您好", "1/2", "http://a.b//c", "", "好 // 的", "、/"])
def test_other_words_are_no_notes(text: str) -> None:
    """Slashes further on in a sentence make no note."""
    assert not is_note(text)
    assert not stays_inside(text)


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/claim", "claim", ""),
        ("／claim", "claim", ""),
        ("/Claim@hesui_bot", "claim", ""),
        ("/done f1 RF-1 2", "done", "f1 RF-1 2"),
        ("/upheld 封口\n温度偏低 | 已停售", "upheld", "封口\n温度偏低 | 已停售"),
        ("/resolve\n退款已到", "resolve", "退款已到"),
    ],
)
def test_a_slash_makes_a_command(text: str, name: str, argument: str) -> None:
    """A command is read with or without the bot's name, in half or full width, with all that follows."""
    order = order_of(text)
    assert order is not None
    assert (order.name, order.argument) == (name, argument)


@pytest.mark.practice("S31")
@pytest.mark.parametrize("text", ["// 这人上次也这样", "／／ 查一下批次", "/note 查一下批次"])
def test_a_note_is_kept_and_goes_nowhere(text: str) -> None:
    """A note is kept with its author's name, and neither complainant nor group is sent anything."""
    (remark,) = do(wrote(text), held_case()).actions
    assert isinstance(remark, Remark)
    assert (remark.what, remark.by) == ("note", "李")


def test_anybody_at_the_desk_may_note() -> None:
    """A colleague may note in a case that another has, and after it is closed."""
    turn = do(wrote("// 我认得这位顾客", WANG), held_case())
    assert turn.case == held_case()
    assert [one.what for one in of(turn, Remark)] == ["note"]


def test_a_note_does_not_claim_a_case() -> None:
    """A note in a case that nobody has leaves it waiting."""
    assert do(wrote("// 我看看"), waiting_case()).case == waiting_case()


def test_a_picture_with_a_note_stays_inside() -> None:
    """A photo whose caption is a note stays in the house."""
    assert carried(do(wrote("// 仓库的照片", media=PHOTO), held_case())) == []


def test_the_other_pictures_of_a_noted_album_stay_inside() -> None:
    """Of an album whose first picture carries a note, the others stay in the house too."""
    first = do(wrote("// 仓库", media=PHOTO, album="a1"), held_case())
    second = do(wrote("", message=2, media=PHOTO, album="a1"), held_case(), talk_of(first))
    assert carried(first) == carried(second) == []
    other = do(wrote("", message=3, media=PHOTO, album="a2"), held_case(), talk_of(second))
    assert len(carried(other)) == 1


@pytest.mark.parametrize("text", ["// 别发", "／／别发", "/resolve", "/ 别发"])
def test_a_reply_edited_into_a_note_is_not_carried_over(text: str) -> None:
    """A message changed into a note or a command is not carried over; the agent is told."""
    turn = do(edited(text), held_case())
    assert carried(turn) == []
    assert said(turn) == []
    assert told(turn) == ["note_stays"]


def test_a_note_edited_into_words_is_only_an_edit() -> None:
    """A note changed into words can change a copy that is there, and never becomes a new message."""
    turn = do(edited("您好"), held_case())
    assert [one.edited for one in turn.actions if hasattr(one, "edited")] == [True]


def test_an_unknown_command_is_not_sent() -> None:
    """A mistyped command is answered with a line of help and reaches nobody."""
    turn = do(wrote("/colse 好的"), held_case())
    assert told(turn) == ["unknown_command"]
    assert carried(turn) == []


@pytest.mark.parametrize(
    "command", ["/resolve // 烦人", "/upheld // 烦 | 换人", "/upheld 查了 | // 算了", "/done // x"]
)
def test_a_note_inside_a_command_stays_inside(command: str) -> None:
    """A note written behind a command is no closing word, no finding and no proof."""
    turn = do(wrote(command), held_case())
    shown = [value for one in of(turn, Say) for value in one.fields.values() if isinstance(value, str)]
    assert not any("烦" in value or "算了" in value for value in shown)


@given(st.text(max_size=40))
def test_what_is_carried_over_never_begins_with_two_slashes(text: str) -> None:
    """Whatever an agent types, nothing that begins with two slashes is carried to the complainant."""
    turn = do(wrote("//" + text), held_case(), a_talk())
    assert carried(turn) == []
    assert said(turn) == []


def test_what_was_not_sent_counts_as_a_note() -> None:
    """In the case's history whatever an agent wrote that was not carried over is marked as internal."""
    sent, held_back = wrote("您好"), wrote("您好", WANG)
    assert not note_of(sent, do(sent, held_case()))
    assert note_of(held_back, do(held_back, held_case()))
    assert note_of(wrote("// x"))
