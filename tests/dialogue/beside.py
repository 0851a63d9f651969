"""Properties of a chat with several open cases: none is forgotten, none is mixed up with another."""

from bot.complaint.actions import Relay, Say
from bot.complaint.case import Promise
from bot.complaint.conversation import Conversation, Step
from bot.complaint.ids import CaseNo
from bot.policy.several import NAME_THEIR_CASE, next_open
from tests.dialogue.moment import Moment
from tests.dialogue.talk_scene import Chat


def talks(chat: Chat) -> tuple[Conversation, ...]:
    """The talk of the chat and those that are parked beside it."""
    return (chat.talk, *chat.talk.parked)


def every_open_case_has_its_talk(chat: Chat) -> None:
    """Whatever is open is talked of or parked, once; what is parked is open, or still asks for its scores."""
    numbers = [one.case_no for one in talks(chat) if one.case_no is not None]
    assert len(set(numbers)) == len(numbers)
    assert {no for no, case in chat.cases.items() if case.is_open} <= set(numbers)
    for one in chat.talk.parked:
        assert one.case_no is not None
        assert chat.cases[one.case_no].is_open or one.step is Step.SURVEY
        assert one.parked == ()


def no_number_is_given_twice(chat: Chat) -> None:
    """The turns of two talks never share a number: a button is of one case only."""
    turns = [one.turn for one in talks(chat) if one.turn]
    assert len(set(turns)) == len(turns)
    assert max(turns, default=0) <= max(chat.talk.turns, chat.talk.turn)


def words_about_another_case_name_it(moment: Moment) -> None:
    """What is said of another case than the last words were about begins with which one it is."""
    talk, case = moment.turn.conversation, moment.turn.case
    before = moment.talk_before.spoken_of
    if talk is None or case is None or before in (None, case.no) or next_open(talk) is None:
        return
    words = [
        one
        for one in moment.turn.actions
        if isinstance(one, Say) or (isinstance(one, Relay) and one.to_customer and not one.edited)
    ]
    if words:
        first = words[0]
        assert isinstance(first, Say)
        assert first.name.startswith(NAME_THEIR_CASE) or first.fields.get("first")


def open_promises(chat: Chat) -> list[tuple[CaseNo, Promise]]:
    """All that is owed in this chat, with its case."""
    return [(no, one) for no, case in chat.cases.items() for one in case.open_promises]


def nothing_promised_is_lost(owed: list[tuple[CaseNo, Promise]], chat: Chat) -> None:
    """After a merger everything owed is owed still, by the same time or earlier, and something wakes us for it."""
    for no, promise in owed:
        now = chat.cases[chat.cases[no].merged_into or no]
        kept = [one for one in now.open_promises if one.kind == promise.kind and one.due_at <= promise.due_at]
        assert kept, (no, promise)
        assert any((now.no, f"due:{one.id}") in chat.timers for one in kept)
