"""The registers of a case as rows: promises, offers, escalations, fulfilments, surveys, approvals, tasks."""

from bot.complaint.case import Approval, Escalation, Fulfilment, Offer, Promise, Survey, Task
from bot.store.rows import Row, json_text, stamp, stamp_or_none


def promise_row(case_no: str, place: int, promise: Promise) -> Row:
    """A row of `promises`: case_no, id, place, kind, owner, made_at, due_at, status, body."""
    made_at, due_at = stamp(promise.made_at), stamp(promise.due_at)
    columns = (promise.kind, promise.owner, made_at, due_at, promise.status.value)
    return (case_no, promise.id, place, *columns, json_text(promise))


def offer_row(case_no: str, place: int, offer: Offer) -> Row:
    """A row of `offers`: case_no, id, place, at, kinds, worth, state, body."""
    columns = (stamp(offer.at), json_text(offer.kinds), offer.worth, offer.state)
    return (case_no, offer.id, place, *columns, json_text(offer))


def escalation_row(case_no: str, place: int, escalation: Escalation) -> Row:
    """A row of `escalations`: case_no, id, place, at, queue, open, answered_at, body."""
    answered_at = stamp_or_none(escalation.answered_at)
    columns = (stamp(escalation.at), escalation.queue.value, int(escalation.open), answered_at)
    return (case_no, escalation.id, place, *columns, json_text(escalation))


def fulfilment_row(case_no: str, place: int, fulfilment: Fulfilment) -> Row:
    """A row of `fulfilments`: case_no, id, place, kind, owner, due_at, done_at, body."""
    done_at = stamp_or_none(fulfilment.done_at)
    columns = (fulfilment.kind.value, fulfilment.owner, stamp(fulfilment.due_at), done_at)
    return (case_no, fulfilment.id, place, *columns, json_text(fulfilment))


def survey_row(case_no: str, place: int, survey: Survey) -> Row:
    """A row of `surveys`: case_no, id, place, asked_at, body."""
    return (case_no, str(place), place, stamp(survey.asked_at), json_text(survey))


def approval_row(case_no: str, place: int, approval: Approval) -> Row:
    """A row of `approvals`: case_no, id, place, at, needs, state, expires_at, body."""
    columns = (stamp(approval.at), approval.needs.value, approval.state.value, stamp(approval.expires_at))
    return (case_no, approval.id, place, *columns, json_text(approval))


def task_row(case_no: str, place: int, task: Task) -> Row:
    """A row of `tasks`: case_no, id, place, kind, owner_id, due_at, state, body."""
    columns = (task.kind.value, task.owner_id, stamp(task.due_at), task.state.value)
    return (case_no, task.id, place, *columns, json_text(task))
