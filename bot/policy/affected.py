"""Who may be sent an incident's update, and who may not, with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.complaint.axes import Status
from bot.complaint.case import Case
from bot.complaint.conversation import Conversation
from bot.complaint.ids import ChatId
from bot.complaint.reading import Family
from bot.policy.following_up import agreed_to_hear


@dataclass(frozen=True, slots=True)
class Reach:
    """Who receives an update: one case of each complainant; and how many are left out, by reason."""

    cases: tuple[Case, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)


def not_to_hear(case: Case, talk: Conversation | None) -> str:
    """Why this complainant is not written to; empty if they may be.

    `blocked`, `withdrawn`, `merged`, `erased`, `legal` (whoever extorts hears people alone) or `closed` (whose
    case is over hears of it only if they agreed to, S40).
    """
    agreed = case.is_open or agreed_to_hear(case, talk or Conversation(chat=case.chat))
    reasons = {
        "erased": case.retired_at is not None or case.erase_asked is not None,
        "merged": case.merged_into is not None,
        "withdrawn": case.status is Status.WITHDRAWN,
        "blocked": talk is not None and talk.blocked,
        "legal": Family.EXTORTION in case.families(),
        "closed": not agreed,
    }
    return next((why for why, holds in reasons.items() if holds), "")


def reached(pairs: Iterable[tuple[Case, Conversation | None]]) -> Reach:
    """The cases whose complainants may be written to: of each complainant the open one, else the newest."""
    left_out: dict[str, int] = {}
    chosen: dict[ChatId, Case] = {}
    for case, talk in sorted(pairs, key=lambda pair: (not pair[0].is_open, -pair[0].opened_at.timestamp())):
        why = not_to_hear(case, talk) or ("again" if case.chat in chosen else "")
        if why:
            left_out[why] = left_out.get(why, 0) + 1
        else:
            chosen[case.chat] = case
    return Reach(tuple(sorted(chosen.values(), key=lambda one: one.no)), left_out)
