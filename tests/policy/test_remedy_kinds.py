"""The table of remedies leaves nothing out."""

from bot.complaint.case import Level
from bot.complaint.reading import RemedyKind
from bot.policy.deadlines import WHATS
from bot.policy.remedy_kinds import AT_ONCE, KIND_RULES, NEVER_BOT, Column


def test_every_remedy_has_its_row() -> None:
    """A remedy that was forgotten on the ladder would be the bot's to give: there is none."""
    assert set(KIND_RULES) == set(RemedyKind)


def test_every_remedy_is_done_by_a_deadline_of_the_brand_file() -> None:
    """But an apology, which saying it does."""
    named = {row.done_by for row in KIND_RULES.values() if row.done_by}

    assert named <= set(WHATS)
    assert {RemedyKind.APOLOGY} == AT_ONCE


def test_money_above_the_price_is_never_the_bots() -> None:
    """Nor is what the brand does in public, or to its own people."""
    dear = {kind for kind, row in KIND_RULES.items() if row.column in (Column.MONEY, Column.DEEDS)}

    assert [kind for kind in dear if KIND_RULES[kind].lowest is Level.BOT] == []
    assert dear - NEVER_BOT == {RemedyKind.COMPENSATION, RemedyKind.POSTAGE}
