"""Which talks, cases and topics a round's events are about, so that all of them are read at once."""

from collections.abc import Iterable

from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.events import (
    AgentReacted,
    AgentWrote,
    Commanded,
    ContactChanged,
    CustomerEdited,
    CustomerReacted,
    CustomerWrote,
    Due,
    Erased,
    Event,
    PhoneWrote,
    Pressed,
    TopicChanged,
    Undelivered,
)
from bot.complaint.ids import CaseNo, ChatId, MessageRef, ThreadRef
from bot.complaint.squares import PublicMessage
from bot.desk import read_press
from bot.store.port import Store

OF_A_CUSTOMER = (
    *(CustomerWrote, CustomerEdited, CustomerReacted, Commanded, ContactChanged),
    *(Due, PublicMessage, PhoneWrote, Erased),
)


def beside(talks: Iterable[Conversation], cases: Iterable[Case]) -> set[CaseNo]:
    """The cases that are open beside those talked of, and those that cards look back at; mostly none."""
    parked = {one.case_no for talk in talks for one in talk.parked if one.case_no is not None}
    return parked.union(*(case.earlier for case in cases))


def _named(event: Event, desks: frozenset[ChatId]) -> set[CaseNo]:
    """The case that stands on a button of the desk."""
    press = read_press(event.data) if isinstance(event, Pressed) and event.chat in desks else None
    return {press.no} if press is not None else set()


async def reacted_to(store: Store, events: Iterable[Event]) -> dict[MessageRef, MessageRef]:
    """The complainants' sides of messages that colleagues reacted to.

    A reaction names a message and no topic: its case is found by the message's other side.
    """
    refs = {MessageRef(one.chat, one.message) for one in events if isinstance(one, AgentReacted)}
    return await store.mirrors(refs) if refs else {}


def concerned(
    events: Iterable[Event], desks: frozenset[ChatId]
) -> tuple[set[ChatId], set[CaseNo], set[ThreadRef]]:
    """The complainants' chats, the cases and the topics that these events name."""
    chats: set[ChatId] = set()
    cases: set[CaseNo] = set()
    threads: set[ThreadRef] = set()
    for event in events:
        if isinstance(event, Due | Undelivered) and event.case_no is not None:
            cases.add(event.case_no)
        if isinstance(event, OF_A_CUSTOMER) or (isinstance(event, Pressed) and event.chat not in desks):
            chats.add(event.chat)
        if isinstance(event, AgentWrote | Pressed | TopicChanged) and event.thread is not None:
            threads.add(ThreadRef(event.chat, event.thread))
        cases |= _named(event, desks)
    return chats, cases, threads
