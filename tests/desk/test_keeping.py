"""When the card of a case is edited: what is urgent at once, the rest together."""

from datetime import datetime, timedelta

import pytest

from bot.complaint.actions import (
    Action,
    CancelTimer,
    CloseTopic,
    Lane,
    Relay,
    SetTimer,
    ShowCard,
    Situation,
    Tell,
    Turn,
)
from bot.complaint.case import Case, Control, Facts, Flag, Severity, Status
from bot.complaint.events import Due, Event, TopicChanged
from bot.complaint.evolving import replace
from bot.complaint.ids import MessageId, MessageRef
from bot.complaint.reading import Family
from bot.desk import at_its_time, followed
from bot.policy.card_edits import CardRules
from bot.policy.rules import Rules
from tests.desk.desk_scene import (
    DESK,
    LI,
    NO,
    NOW,
    RULES,
    THREAD,
    WANG,
    a_talk,
    do,
    done_to,
    held_case,
    of,
    pressed,
    waiting_case,
    wrote,
)

LI_WROTE = MessageId(7)
SOON, LATER, WORKING = timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4)
HURT = Flag(family=Family.INJURY, cue="烫伤", at=NOW)


def _shown(
    before: Case | None,
    after: Case,
    *more: Action,
    at: datetime = NOW,
    event: Event | None = None,
    rules: Rules = RULES,
) -> Turn:
    """What becomes of a turn that shows the card."""
    turn = Turn(conversation=None, case=after, actions=(ShowCard(), *more))
    return followed(turn, before, event or wrote("好"), rules=rules, desk_of=lambda _queue: None, at=at)


def _due(turn: Turn) -> datetime | None:
    """When the card will be edited; None if it is edited in this turn."""
    assert bool(of(turn, ShowCard)) is not any(one.kind == "card" for one in of(turn, SetTimer))
    return next((one.due for one in of(turn, SetTimer) if one.kind == "card"), None)


def test_what_a_holder_does_is_shown_with_what_they_do_next() -> None:
    """Several changes within four hours are one edit, and its time is not put off by the later ones."""
    held = held_case()
    first = _shown(held, held.evolve(finding="底座虚焊"))
    assert _due(first) == NOW + WORKING
    assert first.case is not None
    second = _shown(first.case, first.case.evolve(prevention="加测"), at=NOW + SOON)
    assert not of(second, ShowCard)
    assert not of(second, SetTimer)
    assert second.case is not None
    assert second.case.card_due == NOW + WORKING


def test_what_another_colleague_does_is_shown_to_its_holder_sooner() -> None:
    """Whoever has it was not there: within half an hour, unless a line says it at once."""
    held = held_case()
    assert (
        _due(_shown(held, held.evolve(finding="底座虚焊"), event=wrote("/done f1", by=WANG))) == NOW + LATER
    )
    told_so = _shown(held, held.evolve(finding="虚焊"), Tell(name="verdict"), event=wrote("/upheld", by=WANG))
    assert _due(told_so) == NOW + WORKING


def test_who_looks_for_a_case_reads_a_card_of_these_minutes() -> None:
    """While nobody has it a change is shown within five minutes; a line says at once that it was given back."""
    waiting = waiting_case()
    assert _due(_shown(waiting, waiting.evolve(story=("又坏了",)))) == NOW + SOON
    held = held_case(card_due=NOW + LATER)
    given_back = held.evolve(holder=None, control=Control.QUEUED)
    assert _due(_shown(held, given_back, Tell(name="released"))) == NOW + SOON


def test_whose_own_words_stand_in_the_topic_is_seen_there() -> None:
    """Who takes a case by answering stands under the card with their words: the card follows with what comes next."""
    words = Relay(source=MessageRef(DESK, LI_WROTE), to_customer=True, text="您好")
    taken = held_case()
    assert _due(_shown(waiting_case(), taken, words)) == NOW + LATER
    assert _due(_shown(waiting_case(), taken)) is None
    theirs = replace(words, to_customer=False)
    assert _due(_shown(waiting_case(), taken, theirs)) is None


def _closed(case: Case, **more: object) -> Case:
    return case.evolve(status=Status.CLOSED, closed_at=NOW, control=Control.BOT, holder=None, **more)


def test_the_card_of_a_closed_case_shows_its_end_with_one_edit() -> None:
    """The edit goes with the close, behind everything else, and carries what waited; nothing is edited after it."""
    held = held_case(card_due=NOW + SOON)
    turn = _shown(held, _closed(held), CloseTopic())
    assert _due(turn) is None
    assert [one.lane for one in of(turn, ShowCard)] == [Lane.REST]
    assert [one.key for one in of(turn, CancelTimer)] == ["card"]
    assert turn.case is not None
    assert turn.case.card_due is None
    scored = _shown(turn.case, turn.case.evolve(finding="好"), at=NOW + LATER)
    assert not of(scored, ShowCard)
    assert not of(scored, SetTimer)


def test_who_wants_to_see_a_closed_card_anew_presses_its_button() -> None:
    """What came after the end is shown to whoever asks."""
    closed = _closed(held_case())
    event = pressed("card", by=WANG)
    shown = followed(do(event, closed), closed, event, rules=RULES, desk_of=lambda _queue: None, at=NOW)
    assert of(shown, ShowCard)


def test_the_card_of_a_case_that_became_part_of_another_says_so() -> None:
    """Its topic closes, and whoever comes to it is told where it went."""
    held = held_case()
    turn = _shown(held, _closed(held, merged_into=NO), CloseTopic())
    assert _due(turn) is None


def test_a_brand_may_want_closed_cards_edited_later_too() -> None:
    """What comes after the end is gathered for two hours, and shown with one more edit."""
    rules = replace(RULES, cards=CardRules(closed_seconds=7200))
    held = held_case(severity=Severity.SEV1, card_due=NOW + SOON)
    turn = _shown(held, _closed(held), CloseTopic(), rules=rules)
    assert _due(turn) is None
    assert turn.case is not None
    scored = _shown(turn.case, turn.case.evolve(finding="好"), rules=rules)
    assert _due(scored) == NOW + timedelta(hours=2)
    assert scored.case is not None
    again = _shown(scored.case, scored.case.evolve(prevention="好"), at=NOW + LATER, rules=rules)
    assert not of(again, SetTimer)
    assert again.case is not None
    assert again.case.card_due == NOW + timedelta(hours=2)


def test_whoever_wants_to_see_the_card_as_it_is_presses_its_button() -> None:
    """However short ago it was edited, and whoever has the case."""
    held = held_case(card_due=NOW + LATER)
    event = pressed("card", by=WANG)
    turn = do(event, held)
    shown = followed(turn, held, event, rules=RULES, desk_of=lambda _queue: None, at=NOW)
    assert _due(shown) is None
    assert done_to(shown).holder == held.holder


@pytest.mark.practice("S2", "R31")
@pytest.mark.parametrize(
    "changes",
    [
        {"severity": Severity.SEV2},
        {"flags": (HURT,)},
        {"holder": WANG},
        {"status": Status.CLOSED, "closed_at": NOW, "control": Control.BOT, "holder": None},
        {"merged": (NO,)},
    ],
    ids=["graver", "danger", "another", "closed", "merged"],
)
def test_danger_and_who_takes_it_are_shown_at_once(changes: dict[str, object]) -> None:
    """The edit carries all that waited, and the timer that would have shown it is gone."""
    before = held_case(card_due=NOW + LATER)
    turn = _shown(before, before.evolve(**changes))
    assert _due(turn) is None
    assert turn.case is not None
    assert turn.case.card_due is None
    assert [one.key for one in of(turn, CancelTimer)] == ["card"]


def test_a_case_in_danger_is_shown_soon_and_its_danger_at_once() -> None:
    """What its holder writes down about a grave case waits half an hour at most; another injury does not."""
    grave = held_case(severity=Severity.SEV1)
    assert _due(_shown(grave, grave.evolve(finding="漏电"))) == NOW + LATER
    assert _due(_shown(grave, grave.evolve(finding="漏电"), event=wrote("/done f1", by=WANG))) == NOW + SOON
    assert _due(_shown(grave, grave.evolve(flags=(HURT,)))) is None
    assert _due(_shown(grave, grave.evolve(facts=Facts(harmed=True)))) is None


def test_a_new_topic_gets_its_card_whatever_has_changed() -> None:
    """A topic that was deleted by hand is opened again with its card."""
    held = held_case()
    again = TopicChanged(at=NOW, chat=DESK, thread=THREAD, change="recreated")
    assert _due(_shown(held, held, event=again)) is None
    assert _due(_shown(None, held)) is None


def test_when_its_time_comes_the_card_is_edited_once() -> None:
    """The timer edits the card in its turn and leaves none behind."""
    before = held_case(card_due=NOW, holder=LI)
    event = Due(at=NOW, chat=before.chat, case_no=NO, kind="card", key="card")
    turn = at_its_time(event, before, a_talk(), rules=RULES, situation=Situation(now=NOW, fresh_case_no=NO))
    shown = followed(turn, before, event, rules=RULES, desk_of=lambda _queue: None, at=NOW)
    assert _due(shown) is None
    assert shown.case is not None
    assert shown.case.card_due is None
