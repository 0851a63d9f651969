"""Makes the easel's order: which days of which brand, the units shipped, and all words."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import structlog

from bot.complaint.errors import SettingsWrong
from bot.complaint.events import ReportWanted
from bot.complaint.evolving import replace
from bot.complaint.lessons import Mark
from bot.complaint.reading import Language
from bot.desk.overview.reporting import LIMITS
from bot.insight.volumes import Active, Shipment, WrongLine, shipments, users
from bot.office.reports.easel_orders import Order
from bot.policy.brand import product_key
from bot.policy.rules import Rules
from bot.wording.catalogue import Catalogue

COMPARED: Final = 92
"""Periods up to this many days are compared with the period before."""

T = TypeVar("T")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Volumes:
    """What was shipped and who uses it, as the brand's files tell."""

    shipped: Sequence[Shipment] = ()
    active: Sequence[Active] = ()


def brands(rules: Rules) -> tuple[Rules, ...]:
    """The brand of the common file, then those that accounts have; one that two of them have comes once."""
    return (rules, *{one.branch: one for one in rules.branches.values()}.values())


def brand_of(wanted: ReportWanted, rules: Rules) -> Rules:
    """Whose figures are wanted: the common brand's where none is named."""
    return (rules.called(wanted.brand) if wanted.brand else None) or rules


async def order_of(
    wanted: ReportWanted, rules: Rules, catalogue: Catalogue, marks: Sequence[Mark], now: datetime
) -> Order:
    """The wish as the easel needs it."""
    own, language = brand_of(wanted, rules), wanted.language or rules.languages[0]
    alone = bool(wanted.brand) or (wanted.kind == LIMITS and bool(rules.branches))
    terms = catalogue.shelf(language, desk=True).lexicon.terms
    whose = (own,) if alone else brands(rules)
    volumes = await asyncio.to_thread(volumes_of, *whose)
    names = {**_names(terms), **_brand_names(whose, language)} if wanted.kind != LIMITS else {}

    def called(product: str) -> str:
        key = product_key(own.products, product)
        return str(names.get("product", {}).get(key, key))

    return Order(
        kind=wanted.kind,
        first=wanted.first,
        until=wanted.until,
        zone=rules.zone,
        now=now,
        texts=_words(terms, "picture"),
        names=names,
        currency=catalogue.shelf(language).spelling.amount(0).removesuffix("0"),
        brand=own.brand(language),
        only=own.brand(Language.EN) if alone else "",
        product=wanted.product,
        agent=wanted.asker or 0,
        shipped=[replace(one, product=called(one.product)) for one in volumes.shipped],
        active=list(volumes.active),
        marks=list(marks),
        limit=own.ppm.limit,
        limits={called(key): limit for key, limit in own.ppm.products.items()},
        compared=(wanted.until - wanted.first).days <= COMPARED,
    )


def volumes_of(*whose: Rules) -> Volumes:
    """What the brands' files tell of what was shipped and who uses it; a file that is wrong tells nothing."""
    found = []
    for rules in whose:
        try:
            found.append(read_volumes(rules))
        except SettingsWrong as error:
            _log.warning("volumes_unusable", reason=str(error))
    return Volumes(
        shipped=[one for each in found for one in each.shipped],
        active=[one for each in found for one in each.active],
    )


def read_volumes(rules: Rules) -> Volumes:
    """What the brand's files tell of what was shipped and who uses it.

    Raises:
        SettingsWrong: a file cannot be read; the message names file and line.
    """
    return Volumes(shipped=_read(rules.shipments, shipments), active=_read(rules.users, users))


def _read(file: str, read: Callable[[list[str]], list[T]]) -> Sequence[T]:
    try:
        return read(Path(file).read_text(encoding="utf-8-sig").splitlines()) if file else ()
    except (WrongLine, OSError, UnicodeDecodeError) as error:
        raise SettingsWrong(f"{file}: {error}") from None


def _words(terms: Mapping[str, object], group: str) -> dict[str, str]:
    found = terms.get(group, {})
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, Mapping) else {}


def _names(terms: Mapping[str, object]) -> dict[str, dict[str, str]]:
    return {group: _words(terms, group) for group in ("category", "month", "month_short")}


def _brand_names(whose: Sequence[Rules], language: Language) -> dict[str, Any]:
    """What the brands call themselves, their causes and products, by every name that a case may know them by.

    Where two call something by the same key, the first of them names it.
    """
    found: dict[str, dict[str, str]] = {"brand": {}, "cause": {}, "product": {}}
    for rules in reversed(whose):
        found["brand"][rules.brand(Language.EN)] = rules.brand(language)
        found["cause"] |= {one.code: one.name(language) for one in rules.causes}
        found["product"] |= {
            known: rules.product_name(one.key, language)
            for one in rules.products
            for known in (*one.words, one.key, *one.names.values())
        }
    return found
