"""A file that we generate and hand over, such as an evidence pack."""

from msgspec import Struct


class Paper(Struct, frozen=True, kw_only=True):
    """A file: its name, its type, and what it holds."""

    name: str
    mime: str
    data: bytes
