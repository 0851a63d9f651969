"""What counts as heat, and what folding does to words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.case import Case, Flag, PromiseStatus
from bot.complaint.ids import MessageId
from bot.complaint.reading import Emotion, Family
from bot.desk.cards.folding import folded, insults_in
from bot.desk.heat import is_hot, is_hot_since_taken
from tests.desk.desk_scene import NOW, WANG, do, done_to, held_case, pressed, said, told


def moods(*emotions: Emotion) -> Case:
    """A held case whose complainant sounded so, one message after another."""
    history = tuple((NOW + timedelta(minutes=n), one) for n, one in enumerate(emotions))
    return held_case(emotions=history, emotion=emotions[-1])


@pytest.mark.practice("S57")
@pytest.mark.parametrize(
    ("emotions", "hot"),
    [
        ((Emotion.ANGRY,), False),
        ((Emotion.CALM, Emotion.ANGRY), True),
        ((Emotion.ANGRY, Emotion.ANGRY), True),
        ((Emotion.EXTREME,), True),
        ((Emotion.ANGRY, Emotion.CALM), False),
        ((Emotion.CALM, Emotion.ANNOYED), False),
    ],
)
def test_heat_is_anger_that_rises_or_stays(emotions: tuple[Emotion, ...], *, hot: bool) -> None:
    """One angry word alone is none; calm again is none either."""
    assert is_hot(moods(*emotions)) is hot


def test_no_heat_in_a_closed_case_or_without_words() -> None:
    """A case that is over, and one in which nothing was said, are cool."""
    assert not is_hot(moods(Emotion.EXTREME).evolve(closed_at=NOW))
    assert not is_hot(held_case(emotions=()))


@pytest.mark.practice("S55")
def test_anger_that_came_with_the_case_is_not_handed_on_again() -> None:
    """Nobody is passed from one to the next: the button is for anger that showed while its holder had it."""
    angry = moods(Emotion.CALM, Emotion.EXTREME)
    assert is_hot_since_taken(angry.evolve(held_since=NOW))
    assert not is_hot_since_taken(angry.evolve(held_since=NOW + timedelta(hours=1)))
    assert not is_hot_since_taken(moods(Emotion.CALM).evolve(held_since=NOW))


@pytest.mark.practice("S55", "S53")
def test_handing_on_owes_an_answer_and_is_for_the_holder() -> None:
    """The case is nobody's, an answer is promised and told; who does not have it cannot give it away."""
    turn = do(pressed("hand_on"), moods(Emotion.CALM, Emotion.ANGRY))
    after = done_to(turn)
    assert after.holder is None
    assert [one.status for one in after.promises] == [PromiseStatus.OPEN]
    assert (said(turn), told(turn)) == (["people/released"], ["handed_on"])
    assert done_to(do(pressed("hand_on", by=WANG), moods(Emotion.CALM, Emotion.ANGRY))).holder is not None


@pytest.mark.practice("S56")
@given(text=st.text(max_size=60), insults=st.lists(st.text(min_size=1, max_size=5), max_size=3))
def test_folding_loses_no_letter(text: str, insults: list[str]) -> None:
    """The pieces are the text, in order, whatever is folded."""
    pieces = folded(text, insults)
    assert not pieces or "".join(str(one["text"]) for one in pieces) == text
    assert not pieces or any(one["rude"] for one in pieces)


def test_only_insults_of_this_message_are_folded() -> None:
    """A family of danger is never hidden, nor what another message said."""
    flags = (
        Flag(family=Family.ABUSE, cue="畜生", at=NOW, message=MessageId(5)),
        Flag(family=Family.INJURY, cue="流血", at=NOW, message=MessageId(5)),
        Flag(family=Family.ABUSE, cue="滚", at=NOW, message=MessageId(6)),
    )
    assert insults_in(held_case(flags=flags), MessageId(5)) == ("畜生",)
    assert insults_in(None, MessageId(5)) == ()
