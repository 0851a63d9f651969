"""Papers that we write ourselves and hand over: a file ready to be sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file: its name, its type, and what it holds."""

    name: str
    mime: str
    data: bytes
