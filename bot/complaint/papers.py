"""A file that we generate and hand over, such as an evidence pack."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file: its name, its type, and what it holds."""

    name: str
    mime: str
    data: bytes
