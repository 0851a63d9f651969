"""What a timeline tells of a talk."""

from datetime import datetime, timedelta

import pytest

from bot.complaint.evolving import replace
from bot.insight.lines import ArrivedEntry, Talk
from tests.insight.small import at, said

NOW = at(31, 9)
MONDAY = at(2, 9)


def talk(*lines: ArrivedEntry, now: datetime = NOW) -> Talk:
    """The talk of these lines."""
    return Talk.of(lines, now)


def test_words_that_never_arrived_are_no_answer() -> None:
    """What the desk wrote and Telegram refused counts for nobody; the one that arrived later does."""
    lost = said("agent", MONDAY + timedelta(minutes=5))._replace(arrived=None)
    late = said("agent", MONDAY + timedelta(minutes=5))._replace(arrived=MONDAY + timedelta(minutes=20))
    assert talk(said("customer", MONDAY), lost).reply("agent") is None
    assert talk(said("customer", MONDAY), lost, late).reply("agent") == timedelta(minutes=20)


@pytest.mark.parametrize("change", [{"note": True}, {"edit": True}, {"who": "system"}])
def test_notes_edits_and_the_house_s_own_lines_are_no_answer(change: dict[str, object]) -> None:
    """Only words that were said to the complainant end their wait."""
    line = said("agent", MONDAY + timedelta(minutes=5))
    quiet = line._replace(entry=replace(line.entry, **change))  # type: ignore[arg-type]
    assert talk(said("customer", MONDAY), quiet).reply("agent") is None


@pytest.mark.parametrize(("minutes", "sessions"), [(240, 1), (241, 2)])
def test_a_talk_broken_off_for_more_than_four_hours_is_two_sessions(minutes: int, sessions: int) -> None:
    """Four hours to the minute are still one."""
    assert (
        talk(said("customer", MONDAY), said("bot", MONDAY + timedelta(minutes=minutes))).sessions(None)
        == sessions
    )


def test_what_comes_after_the_settlement_opens_no_session() -> None:
    """An answer to the survey days later does not undo a settlement at first contact."""
    later = said("customer", MONDAY + timedelta(days=3))
    assert talk(said("customer", MONDAY), later).sessions(MONDAY + timedelta(hours=1)) == 1


@pytest.mark.parametrize(("hours", "unanswered"), [(24, 0), (25, 1)])
def test_a_turn_goes_unanswered_after_a_day(hours: int, unanswered: int) -> None:
    """Several lines in a row are one turn, which waits from its first line; until a day is over it only waits."""
    waiting = (said("customer", MONDAY), said("customer", MONDAY + timedelta(hours=1)))
    now = MONDAY + timedelta(hours=hours)
    assert (talk(*waiting, now=now).turns, talk(*waiting, now=now).unanswered) == (1, unanswered)
    assert talk(*waiting, said("bot", now)).unanswered == unanswered


def test_a_question_that_was_asked_before_is_asked_again() -> None:
    """Two of three questions are the same; what an agent asks is not the bot's."""
    lines = [said("bot", MONDAY, text) for text in ("订单号是多少?", "哪一天买的?", "订单号是多少?", "好的")]
    shown = talk(*lines, said("agent", MONDAY, "哪一天买的?"))
    assert (shown.questions, shown.asked_again) == (3, 1)


def test_who_says_the_same_after_the_hand_over_had_to_repeat_it() -> None:
    """Signs and spaces do not matter; a short word said twice means nothing."""
    again = talk(said("customer", MONDAY, "瓶子的盖子漏了"), said("customer", at(2, 11), "瓶子的盖子,漏了!"))
    short = talk(said("customer", MONDAY, "好的"), said("customer", at(2, 11), "好的"))
    assert again.said_again(at(2, 10))
    assert not short.said_again(at(2, 10))
