"""How a case's topic is called."""

from typing import Final

from bot.complaint.axes import Severity
from bot.complaint.case import Case
from bot.complaint.shortening import cut
from bot.desk.discretion import discreet

_SUBJECT: Final = 60
"""A topic's name may have 128 characters, of which a phone shows some thirty."""
_SIGNS: Final = {Severity.SEV1: "🔴", Severity.SEV2: "🟠"}


def topic_name(case: Case, reason: str = "") -> str:
    """How the topic is called: the matter first, since a phone shows little of it; then the number.

    What is grave has its sign in front. Without any matter `reason`, in the desk's words, stands for it. It
    follows the first card; a topic's name is not changed with every fact, since each change costs the group
    one of its few messages.
    """
    case = discreet(case)
    words = (_matter(case), *case.story, reason, case.customer.name)
    subject = next((cut(one, _SUBJECT) for one in words if one.strip()), "?")
    return f"{sign_of(case.severity)} {subject} · {case.no}".strip()


def sign_of(severity: Severity) -> str:
    """What a topic's name begins with; nothing for what is not grave."""
    return _SIGNS.get(severity, "")


def _matter(case: Case) -> str:
    """Product and trouble said together: once, without a gap in Chinese, with one between Latin words."""
    product, issue = case.facts.product or "", (case.facts.issue[0] if case.facts.issue else "")
    if product and product in issue:
        return issue
    gap = " " if product[-1:].isascii() and issue[:1].isascii() else ""
    return f"{product}{gap}{issue}".strip()
