"""What an incident takes from its first case: its title, and whether it is about food."""

from bot.complaint.case import Case
from bot.complaint.reading import Category
from bot.policy.brand import product_key
from bot.policy.rules import Rules


def title_of(case: Case, rules: Rules) -> str:
    """Product and trouble, as the desk reads them."""
    product = rules.product_name(case.facts.product or "", rules.languages[0]) if case.facts.product else ""
    issue = case.facts.issue[0] if case.facts.issue else ""
    gap = " " if product[-1:].isascii() and issue[:1].isascii() else ""
    return f"{product}{gap}{issue}".strip()[:40]


def is_food(case: Case, rules: Rules) -> bool:
    """Whether the recall clocks of food run."""
    key = product_key(rules.products, case.facts.product or "")
    known = any(one.food for one in rules.products if one.key == key)
    return known or case.category is Category.FOOD_SAFETY
