"""Products as the desk reads them: by the brand's name in the desk's own language."""

from collections.abc import Iterable
from typing import Final

from bot.complaint.case import Case
from bot.complaint.evolving import replace
from bot.complaint.reading import Language
from bot.policy.brand import Product, named

_HAN: Final = range(0x4E00, 0xA000)


def in_desk_words(case: Case, products: Iterable[Product], language: Language) -> Case:
    """The case with its product, and that of its order, named in this language where the brand has a name for it."""
    facts, known = case.facts, tuple(products)
    product = _called(facts.product, known, language)
    order = facts.order
    if order is not None:
        order = replace(order, product=_called(order.product, known, language) or order.product)
    if product == facts.product and order == facts.order:
        return case
    return case.evolve(facts=replace(facts, product=product, order=order))


def _called(name: str | None, products: Iterable[Product], language: Language) -> str | None:
    """Words that are in this language already stay: they are the complainant's own."""
    if not name or _is_chinese(name) is not (language is Language.EN):
        return name
    found = next(
        (one for one in products if name in (one.key, *one.names.values(), *one.words)),
        None,
    )
    return named(found.names, language, name) if found is not None else name


def _is_chinese(text: str) -> bool:
    return any(ord(letter) in _HAN for letter in text)
