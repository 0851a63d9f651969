"""The card's line about somebody who writes for another person (R15, R52)."""

from bot.complaint.case import Case


def behalf_of(case: Case) -> dict[str, object] | None:
    """Whose matter it is, and whether that person, or a guardian, agreed; None where they write for themselves."""
    facts = case.facts
    if facts.on_behalf_of is None:
        return None
    return {
        "whose": facts.on_behalf_of,
        "consent": facts.consent or "",
        "at": facts.consent_at,
        "minor": bool(facts.minor),
    }


def logged_as(case: Case) -> dict[str, str] | None:
    """The name that a colleague wrote down and who wrote it, where the complainant's own name is another."""
    if case.facts.logged_name is None:
        return None
    return {"name": case.facts.logged_name, "by": case.logged_by.name if case.logged_by else ""}
