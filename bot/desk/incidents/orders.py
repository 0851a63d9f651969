"""Recognises `/incident …` commands and the buttons of an incident's card."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from msgspec import Struct

from bot.complaint.actions import Action, Situation, Turn
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.events import AgentEdited, AgentWrote, Event, Pressed
from bot.complaint.ids import CaseNo, ThreadRef
from bot.complaint.incidents import FIRST, Incident, IncidentNo, Linked, Sighting
from bot.complaint.records import Timer
from bot.desk.notes import order_of
from bot.desk.overview.enquiries import number_in
from bot.desk.presses import read_press
from bot.policy.rules import Rules
from bot.reading.deskwords import incident_order_called

INCIDENT: Final = "incident"
PRESS: Final = "incident_"
"""The prefix of every button's act on an incident's card."""
DECIDES: Final = frozenset({"declare", "not_one", "later", "send", "drop", "give", "agree", "refuse", "open"})
"""The acts of its buttons."""
_NUMBER: Final = re.compile(r"\d{1,5}(?=\s|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The requested action: `list`, `show`, an order, or a button."""

    what: str
    number: IncidentNo | None = None
    words: str = ""
    """What is written behind it; of a button, which update or decision is meant."""
    cases: tuple[CaseNo, ...] = ()
    """The cases that are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Affair:
    """What was looked up for it."""

    incident: Incident | None = None
    live: tuple[Incident, ...] = ()
    """All that live, by number."""
    next_number: IncidentNo = FIRST
    pairs: tuple[tuple[Case, Conversation | None], ...] = ()
    """The cases that are a part of it, each with the talk in its chat."""
    named: tuple[Case, ...] = ()
    """The cases that were named; in a topic without any, its own."""
    seen: tuple[Sighting, ...] = ()
    """What those have in common with others."""
    places: dict[CaseNo, ThreadRef] = field(default_factory=dict)
    """Where the topics of its newest cases are."""


class Work(Struct, frozen=True, kw_only=True):
    """The result, for one transaction."""

    turn: Turn
    incidents: tuple[Incident, ...] = ()
    linked: tuple[Linked, ...] = ()
    timers: tuple[Timer, ...] = ()
    cancelled: tuple[tuple[CaseNo, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The context: place, time, colleague and rules."""

    event: Event
    rules: Rules
    situation: Situation


def told(*actions: Action) -> Work:
    """A result that only says something."""
    return Work(turn=Turn(conversation=None, case=None, actions=actions))


def wanted(event: Event) -> Wanted | None:
    """The request about incidents in this event; None if there is none."""
    if isinstance(event, Pressed):
        press = read_press(event.data)
        return _pressed(press.act, press.value) if press is not None else None
    if not isinstance(event, AgentWrote) or isinstance(event, AgentEdited):
        return None
    order = order_of(event.text)
    return _ordered(order.argument) if order is not None and order.name == INCIDENT else None


def _pressed(act: str, value: str) -> Wanted | None:
    what = act.removeprefix(PRESS)
    number, _, name = value.partition(".")
    if not act.startswith(PRESS) or what not in DECIDES or not number.isdecimal():
        return None
    return Wanted(what=what, number=IncidentNo(int(number)), words=name)


def _ordered(argument: str) -> Wanted:
    if not argument:
        return Wanted(what="list")
    number = _NUMBER.match(argument)
    if number:
        return Wanted(what="show", number=IncidentNo(int(number[0])))
    verb, _, rest = argument.partition(" ")
    what = incident_order_called(verb)
    if not what:
        return Wanted(what="how")
    rest = rest.strip()
    number = _NUMBER.match(rest) if what != "new" else None
    named = IncidentNo(int(number[0])) if number else None
    words = rest[number.end() :].strip() if number else rest
    found = tuple(no for word in words.split() if (no := number_in(word)) is not None)
    cases = found if what in ("link", "unlink", "new") else ()
    return Wanted(what=what, number=named, words=words, cases=cases)


def errand(case: Case, kind: str, name: str, due: datetime) -> Timer:
    """A timer that applies an incident to a case; `name` says which incident and which part."""
    return Timer(case_no=case.no, kind=kind, key=f"{kind}:{name}", due=due, chat=case.chat)
