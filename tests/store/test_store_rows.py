import string
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.complaint.case import (
    Approval,
    Case,
    Escalation,
    Fulfilment,
    Offer,
    Part,
    Promise,
    Survey,
    Task,
)
from bot.complaint.colleagues import Colleague
from bot.complaint.conversation import Conversation
from bot.complaint.deskwork import Custody, Deed, Vote
from bot.complaint.errors import RecordUnreadable
from bot.complaint.letters import Letter
from bot.complaint.records import Entry, Timer
from bot.store import registers, rows
from bot.store.seals import deed_from

HOURS = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=HOURS)  # noqa: DTZ001 - zoned by `timezones`
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.integers(-(2**53), 2**53)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.dictionaries(WORDS, st.one_of(st.none(), st.booleans(), NUMBERS, FLOATS, WORDS), max_size=3)

st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(str, WORDS)
st.register_type_strategy(int, NUMBERS)
st.register_type_strategy(float, FLOATS)


_CHANGED = st.dictionaries(WORDS, WORDS, max_size=3)


def _few(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - whatever the tuple holds
    return st.lists(kind, max_size=2).map(tuple)


@st.composite
def _promises(draw: st.DrawFn) -> Promise:
    made_at = draw(MOMENTS)
    due_at = made_at + timedelta(seconds=draw(st.integers(0, 10**7)))
    return draw(st.builds(Promise, made_at=st.just(made_at), due_at=st.just(due_at)))


CASES = st.builds(
    Case,
    promises=_few(_promises()),
    offers=_few(st.builds(Offer, parts=_few(st.builds(Part)))),
    escalations=_few(st.builds(Escalation)),
    fulfilments=_few(st.builds(Fulfilment)),
    surveys=_few(st.builds(Survey)),
    approvals=_few(st.builds(Approval, parts=_few(st.builds(Part)), votes=_few(st.builds(Vote)))),
    tasks=_few(st.builds(Task, custody=_few(st.builds(Custody)))),
    version=st.integers(1, 2**31),
)


@settings(max_examples=150, deadline=None)
@given(CASES)
def test_any_case_comes_back_as_it_was(case: Case) -> None:
    """Whatever a case may hold survives the store, every register in its order."""
    row = rows.case_row(case)
    parts = {
        "promises": [
            registers.promise_row(case.no, place, one)[-1] for place, one in enumerate(case.promises)
        ],
        "offers": [registers.offer_row(case.no, place, one)[-1] for place, one in enumerate(case.offers)],
        "escalations": [
            registers.escalation_row(case.no, at, one)[-1] for at, one in enumerate(case.escalations)
        ],
        "fulfilments": [
            registers.fulfilment_row(case.no, at, one)[-1] for at, one in enumerate(case.fulfilments)
        ],
        "surveys": [registers.survey_row(case.no, place, one)[-1] for place, one in enumerate(case.surveys)],
        "approvals": [
            registers.approval_row(case.no, place, one)[-1] for place, one in enumerate(case.approvals)
        ],
        "tasks": [registers.task_row(case.no, place, one)[-1] for place, one in enumerate(case.tasks)],
    }
    assert rows.case_from(case.no, case.version, row[-1], parts) == case


@settings(max_examples=100, deadline=None)
@given(st.builds(Conversation))
def test_any_talk_comes_back_as_it_was(talk: Conversation) -> None:
    """The burst, the questions and the counters survive."""
    assert rows.conversation_from(talk.chat, talk.version, rows.conversation_row(talk)[-1]) == talk


@settings(max_examples=100, deadline=None)
@given(st.builds(Letter))
def test_any_letter_comes_back_as_it_was(letter: Letter) -> None:
    """Buttons, mirrors and moments survive; the attempts are those of its columns."""
    *_, not_before, body = rows.letter_row(letter)
    attempted_at = rows.stamp_or_none(letter.attempted_at)
    assert rows.letter_from(letter.id, not_before, attempted_at, letter.attempts, body) == letter


@settings(max_examples=100, deadline=None)
@given(st.builds(Entry, media=st.none() | JSON))
def test_any_line_of_a_timeline_comes_back_as_it_was(entry: Entry) -> None:
    """Words are kept to the letter."""
    assert rows.entry_from(rows.entry_row(entry)) == entry


@settings(max_examples=50, deadline=None)
@given(st.builds(Timer))
def test_any_timer_comes_back_as_it_was(timer: Timer) -> None:
    """To the microsecond, so that a timer that was moved is told from one that was not."""
    assert rows.timer_from(rows.timer_row(timer)) == timer


@given(MOMENTS, MOMENTS)
def test_the_order_of_stamps_is_the_order_of_time(one: datetime, other: datetime) -> None:
    """The database sorts moments as text, whatever zone they were told in."""
    assert (rows.stamp(one) < rows.stamp(other)) == (one < other)
    assert datetime.fromisoformat(rows.stamp(one)) == one
    assert datetime.fromisoformat(rows.stamp(one)).tzinfo == UTC


@settings(max_examples=100, deadline=None)
@given(st.builds(Deed, before=_CHANGED, after=_CHANGED, why=WORDS, refused=WORDS))
def test_any_deed_comes_back_as_it_was(deed: Deed) -> None:
    """The audit says what was done in the words in which it was written."""
    assert deed_from(rows.json_text(deed), 1) == deed


@settings(max_examples=50, deadline=None)
@given(st.builds(Colleague, username=WORDS, changed_at=st.none() | MOMENTS))
def test_any_colleague_comes_back_as_they_were(colleague: Colleague) -> None:
    """Nobody wakes up with another role."""
    assert rows.colleague_from(rows.colleague_row(colleague)[-1]) == colleague


def test_a_moment_without_a_zone_is_refused() -> None:
    """It could be any of two dozen moments."""
    with pytest.raises(ValueError, match="zone"):
        rows.stamp(datetime(2026, 11, 22))  # noqa: DTZ001 - the point


@given(st.text(string.printable, max_size=40))
def test_a_body_that_is_not_ours_is_unreadable_and_nothing_worse(body: str) -> None:
    """A spoiled row never brings the program down."""
    with pytest.raises(RecordUnreadable):
        rows.case_from("583-2716", 1, body, {})
