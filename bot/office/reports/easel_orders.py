"""The messages to and from the easel; importing them loads no drawing library."""

from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec

from bot.complaint.incidents import Crossed
from bot.complaint.lessons import Mark
from bot.insight.figures import WITHIN_TARGET
from bot.insight.volumes import Active, Shipment

HEAD: Final = 12
"""Digits of the length before an answer."""


class Order(msgspec.Struct, kw_only=True):
    """What to draw: pictures, days, and words."""

    kind: str
    """`report`, `own`, `daily`, `weekly` or `limits`."""
    first: date
    until: date
    zone: str
    now: datetime
    texts: dict[str, str]
    names: dict[str, dict[str, str]]
    currency: str = ""
    brand: str = ""
    only: str = ""
    """Only cases of this brand, by the name that facts have."""
    product: str = ""
    agent: int = 0
    shipped: list[Shipment] = []
    active: list[Active] = []
    limit: float | None = None
    limits: dict[str, float] = {}
    """Of products that have a limit of their own, by the name that they go by here."""
    target: timedelta = WITHIN_TARGET
    marks: list[Mark] = []
    """How cases of the weekly samples were handled."""
    compared: bool = True


class Drawn(msgspec.Struct, kw_only=True):
    """One picture, as base64, and the numbers for the line under it."""

    name: str
    png: str
    numbers: dict[str, Any]


class Answer(msgspec.Struct, kw_only=True):
    """The easel's answer."""

    cases: int
    """How many were opened in the period."""
    pictures: list[Drawn]
    digest: dict[str, Any]
    crossed: list[Crossed] = []
