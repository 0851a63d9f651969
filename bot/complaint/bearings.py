"""The context variable behind log lines: which row, update and case is being worked."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Final, TypeAlias

Bearings: TypeAlias = Callable[[], Mapping[str, object]]


def nowhere() -> Mapping[str, object]:
    """The context while no row is being worked: empty."""
    return {}


BEARINGS: Final[ContextVar[Bearings]] = ContextVar("bearings", default=nowhere)
"""Tells row, update and case. It is called only when a line is written, so that rows without one cost nothing."""
