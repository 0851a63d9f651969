"""Journalists: received openly, asked for what is missing, answered by people in time (S42, D7)."""

from datetime import datetime
from typing import Final

from bot.complaint.case import Promise, PromiseStatus, Queue
from bot.complaint.conversation import Step
from bot.complaint.deskwork import Task, TaskKind, TaskState
from bot.complaint.events import CustomerWrote
from bot.complaint.evolving import replace
from bot.complaint.visitors import Inquiry
from bot.dialogue.draft import Draft
from bot.policy.tasking import ended, tasked
from bot.reading.presswords import inquiry_in

FIELDS: Final = ("who", "questions", "deadline", "contact")
"""In the order in which they are asked."""
TASK: Final = "press_answer"
_MOST: Final = 800


def receive_the_press(draft: Draft) -> None:
    """Receive a journalist: who answers, by when, and what is still missing."""
    _note(draft)
    draft.talk = draft.talk.evolve(heard=())
    draft.hand_over("press", queue=Queue.MEDIA_PR)
    promise = _by_deadline(draft)
    lacks = missing(draft)
    draft.say("people/press", due=promise.due_at, lacks=list(lacks))
    draft.show_card()
    if len(lacks) == 1:
        draft.go_asking(Step.PRESS, f"press_{lacks[0]}")
    else:
        draft.go(Step.PRESS if lacks else Step.WITH_PEOPLE)


def note_the_press(draft: Draft) -> None:
    """What they told; then one question for what is still missing."""
    _note(draft)
    draft.talk = draft.talk.evolve(heard=())
    promise = _by_deadline(draft)
    draft.show_card()
    rest = [one for one in missing(draft) if _may_ask(draft, one)]
    if rest:
        question = f"press_{rest[0]}"
        again = "_again" if draft.talk.times_asked(question) else ""
        draft.say("people/press_ask", ask=question, question=f"{question}{again}")
        draft.go_asking(Step.PRESS, question)
        return
    draft.say("people/press_thanks", due=promise.due_at)
    draft.go(Step.WITH_PEOPLE)


def _may_ask(draft: Draft, field: str) -> bool:
    """Ask once; if neither name nor outlet came, a second short question."""
    times = draft.talk.times_asked(f"press_{field}")
    known = draft.facts.inquiry or Inquiry()
    return times == 0 or (field == "who" and times == 1 and not (known.name or known.outlet))


def missing(draft: Draft) -> tuple[str, ...]:
    """The fields that they have not given yet."""
    known = draft.facts.inquiry or Inquiry()
    lacks = {
        "who": not (known.name and known.outlet),
        "questions": not known.questions,
        "deadline": known.deadline is None,
        "contact": not (known.contact or draft.facts.phone),
    }
    return tuple(one for one in FIELDS if lacks[one])


def _note(draft: Draft) -> None:
    event = draft.scene.event
    if not isinstance(event, CustomerWrote) or not event.text.strip():
        return
    asked = (draft.talk.asked or "").removeprefix("press_")
    new = inquiry_in(event.text, draft.at.astimezone(draft.rules.clock), draft.rules.hours.closes, asked)
    old = draft.facts.inquiry or Inquiry()
    said = f"{draft.facts.press}\n{event.text}" if draft.facts.press else event.text
    draft.learn(
        press=said[:_MOST],
        inquiry=replace(
            old,
            name=old.name or new.name,
            outlet=old.outlet or new.outlet,
            questions=old.questions or new.questions,
            deadline=new.deadline or old.deadline,
            contact=old.contact or new.contact,
        ),
    )


def _by_deadline(draft: Draft) -> Promise:
    """Make their deadline a task of the press desk; an earlier deadline makes the promised answer earlier."""
    promise = _promised(draft)
    deadline = draft.facts.inquiry.deadline if draft.facts.inquiry else None
    if deadline is None or deadline <= draft.at:
        return promise
    _set_task(draft, deadline)
    if deadline >= promise.due_at:
        return promise
    draft.settle_promise(promise.id, PromiseStatus.RENEGOTIATED)
    sooner = draft.promise(promise.kind, by=deadline, owner=promise.owner)
    draft.change(
        escalations=tuple(
            replace(one, promise_id=sooner.id) if one.promise_id == promise.id else one
            for one in draft.case.escalations
        )
    )
    return sooner


def _promised(draft: Draft) -> Promise:
    waiting = draft.case.open_escalation
    found = next((one for one in draft.case.open_promises if waiting and one.id == waiting.promise_id), None)
    return found or draft.hand_over("press", queue=Queue.MEDIA_PR)


def _set_task(draft: Draft, due: datetime) -> None:
    standing = next((one for one in draft.case.open_tasks if one.what == TASK), None)
    if standing is not None and standing.due_at == due:
        return
    if standing is not None:
        case, timers = ended(draft.case, standing, TaskState.CANCELLED, "moved", draft.at)
        draft.case = case
        draft.actions += timers
    wanted = Task(
        id="", kind=TaskKind.OTHER, what=TASK, owner=Queue.MEDIA_PR.value, made_at=draft.at, due_at=due
    )
    case, _, more = tasked(draft.case, wanted, draft.rules)
    draft.case = case
    draft.actions += more


ACTS: Final = (receive_the_press, note_the_press)
