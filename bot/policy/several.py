"""Several open cases in one chat: one is talked about, the talks about the others are parked.

A reply about another case than the one before begins with a short line that names its case. When the active case is
closed, the next open one becomes active.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.complaint.actions import Action, Lane, Relay, Say, Situation, Turn
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import AgentWrote, Commanded, CustomerWrote, Due, Event, Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo

OVER: Final = (Step.SURVEY, Step.CLOSED)
"""Steps of a talk whose case is closed; one that still asks for its scores is parked too, for its buttons."""
NAME_THEIR_CASE: Final = ("opening/", "several/", "answers/", "nudge/", "close/", "withdraw/", "safety/")
"""Replies that name their case, or are about none; in danger nothing stands before the help."""


def turned_to(talk: Conversation, case: Case) -> Conversation:
    """The chat with this case active and the other parked."""
    if talk.case_no == case.no:
        return talk
    found = next((one for one in talk.parked if one.case_no == case.no), None) or _begun(talk, case)
    rest = tuple(one for one in talk.parked if one.case_no != case.no)
    return _in_chat(found, talk, (_left(talk), *rest) if talk.case_no is not None else rest)


def turned_back(talk: Conversation, before: Conversation) -> Conversation:
    """The chat turned back to its former case; the other case keeps what happened to its talk."""
    if before.case_no is None or before.case_no == talk.case_no:
        return talk
    mine = _left(talk)
    own = next((one for one in talk.parked if one.case_no == before.case_no), before)
    parked = tuple(mine if one.case_no == talk.case_no else one for one in before.parked)
    if mine not in parked and talk.step is not Step.CLOSED:
        parked = (*parked, mine)
    return _in_chat(own, talk, parked)


def afterwards(turn: Turn, before: Conversation, *, follows: bool) -> Conversation | None:
    """The chat after a turn. `follows`: the chat goes on with the turn's case, if that is still open."""
    talk = turn.conversation
    if talk is None:
        return None
    if not follows:
        talk = turned_back(talk, before)
    over = {one.no: one.merged_into for one in (turn.case, *turn.others) if one and not one.is_open}
    return _without(talk, over)


def _without(talk: Conversation, over: Mapping[CaseNo, CaseNo | None]) -> Conversation:
    """The chat without closed cases, unless nothing else is open; surveys may still be answered.

    Of one that was merged the talk goes on with the case that it became a part of.
    """
    left = (one for one in talk.parked if one.step is not Step.CLOSED)
    parked = tuple(one for one in left if one.case_no not in over or one.step is Step.SURVEY)
    heir = over.get(talk.case_no) if talk.case_no is not None else None
    following = next((one for one in parked if one.case_no == heir), _first_open(parked))
    if talk.case_no not in over or following is None:
        return talk if parked == talk.parked else talk.evolve(parked=parked)
    rest = tuple(one for one in parked if one.case_no != following.case_no)
    scoring = (_left(talk),) if talk.step is Step.SURVEY else ()
    return _in_chat(following, talk, (*rest, *scoring))


def next_open(talk: Conversation) -> Conversation | None:
    """The parked talk about another open case: the one left last."""
    return _first_open(talk.parked)


def _first_open(talks: Iterable[Conversation]) -> Conversation | None:
    return next((one for one in talks if one.step not in OVER), None)


def follows(event: Event, turn: Turn, before: Conversation) -> bool:
    """Whether the chat goes on with the case of this turn.

    It does when the complainant turns to it, when a person speaks to them about it, and when it asks them
    something while nothing else does. A notice, a reaction, a changed word of another case turn nothing.
    """
    talk = turn.conversation
    if talk is None or turn.case is None or not turn.case.is_open:
        # a case that is over is talked of again where it asks how it was, and nothing else is
        return talk is not None and (before.step, talk.step) == (Step.CLOSED, Step.SURVEY)
    known = {one.case_no for one in (before, *before.parked)}
    opened = turn.case.version == 0 and talk.case_no not in known
    if before.step is Step.CLOSED or opened:
        return True  # nothing else is talked of, or a new case has begun
    match event:
        case CustomerWrote() | Commanded():
            return True
        case Due():
            return speaks(turn) and talk.asked is not None and before.asked is None
        case Pressed() | AgentWrote():
            return event.chat == talk.chat or speaks(turn)
        case _:
            return False


def speaks(turn: Turn) -> bool:
    """Whether this says anything to the complainant."""
    return any(_is_word(one) for one in turn.actions)


def _is_word(action: Action) -> bool:
    return isinstance(action, Say) or (isinstance(action, Relay) and action.to_customer and not action.edited)


def headed(turn: Turn) -> Turn:
    """The turn with a line in front that says which case it is about, if that differs from the last."""
    talk, case = turn.conversation, turn.case
    first = next((n for n, one in enumerate(turn.actions) if _is_word(one)), None)
    if talk is None or case is None or first is None or talk.spoken_of == case.no:
        return turn
    if next_open(talk) is None or talk.spoken_of is None or _names_its_case(turn.actions[first], talk):
        return replace(turn, conversation=talk.evolve(spoken_of=case.no))
    lane = getattr(turn.actions[first], "lane", Lane.TALK)
    line = Say(name="several/heading", lane=lane)
    actions = (*turn.actions[:first], line, *turn.actions[first:])
    return replace(turn, actions=actions, conversation=talk.evolve(spoken_of=case.no))


def _names_its_case(action: Action, talk: Conversation) -> bool:
    """Whether the words tell by themselves which case they are about; the very first ones of a case do."""
    if not isinstance(action, Say):
        return False
    return action.name.startswith(NAME_THEIR_CASE) or bool(action.fields.get("first")) or talk.case_no is None


def closed_beside(turn: Turn, before: Case | None, situation: Situation) -> Turn:
    """If this turn closes its case and another is open, one line says which case comes next."""
    talk, case = turn.conversation, turn.case
    if talk is None or case is None or case.is_open or (before is not None and not before.is_open):
        return turn
    following = next_open(talk)
    other = next((one for one in situation.other_cases if following and one.no == following.case_no), None)
    last = next((n for n, one in enumerate(turn.actions) if isinstance(one, Say)), None)
    if other is None or last is None:
        return turn
    line = Say(name="several/back_to", fields={"other": named(other)})
    return replace(turn, actions=(*turn.actions[: last + 1], line, *turn.actions[last + 1 :]))


def named(case: Case) -> dict[str, object]:
    """A case as replies about several name it: its number, and in the complainant's words what it is about."""
    return {"no": case.no, "product": case.facts.product, "issue": list(case.facts.issue[:1])}


def _left(talk: Conversation) -> Conversation:
    """A talk as it is parked; what belongs to the chat as a whole stays with the active one."""
    return talk.evolve(parked=(), turns=0, spoken_of=None, visits=(), choices=(), version=0)


def _in_chat(talk: Conversation, chat: Conversation, parked: tuple[Conversation, ...]) -> Conversation:
    return talk.evolve(
        parked=parked,
        language=chat.language,
        language_chosen=chat.language_chosen,
        simple=chat.simple,
        blocked=chat.blocked,
        no_surveys=chat.no_surveys,
        contact=chat.contact,
        contact_at=chat.contact_at,
        turns=max(chat.turns, chat.turn, talk.turn),
        spoken_of=chat.spoken_of,
        door=chat.door,
        visits=chat.visits,
        choices=chat.choices,
        hushed_at=chat.hushed_at,
        hushed_by=chat.hushed_by,
        version=chat.version,
    )


def _begun(talk: Conversation, case: Case) -> Conversation:
    """A fresh talk about a case that has no parked one."""
    step = Step.WITH_PEOPLE if case.is_open else Step.CLOSED
    return Conversation(chat=talk.chat, case_no=case.no, step=step, said=("opening",))
