"""When we may write to a complainant whose case is over (S69, S77)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.complaint.case import Case, Status
from bot.complaint.conversation import Conversation
from bot.policy.calendar import after_quiet
from bot.policy.reopening import may_reopen
from bot.policy.rules import Rules


def free_from(rules: Rules, case: Case, others: Iterable[Case], at: datetime) -> datetime:
    """From when on we may write: now, after the quiet hours, or in a day while another case is open."""
    beside = (one for one in others if one.no != case.no and one.status is not Status.SUGGESTION_LOGGED)
    in_hand = any(one.is_open for one in beside)
    return after_quiet(rules, at + timedelta(days=rules.survey_days if in_hand else 0), case.facts.zone)


def ask_at(
    rules: Rules, case: Case, talk: Conversation, others: Iterable[Case], at: datetime
) -> datetime | None:
    """When to ask how it was; None: never. It is asked once in a case, and not when it is long over."""
    over = case.closed_at is not None and not may_reopen(rules, case, at)
    if talk.no_surveys or case.surveys or over:
        return None
    return free_from(rules, case, others, at)


def agreed_to_hear(case: Case, talk: Conversation) -> bool:
    """Whether they agreed to hear later what came of it; their last word counts (S40)."""
    return talk.contact if talk.contact_at is not None else case.follow_up_consent
