"""Injected faults: refused calls, and connections that break before or after the effect."""

from dataclasses import dataclass, field
from enum import StrEnum


class Trouble(StrEnum):
    """The kinds of fault."""

    ANSWER = "answer"
    """The call is refused with a status of choice and has no effect."""
    DELAY = "delay"
    """The answer comes late, after the effect."""
    RESET_BEFORE = "reset_before"
    """The line breaks and nothing happened."""
    RESET_AFTER = "reset_after"
    """The line breaks although it happened."""


@dataclass(slots=True, kw_only=True)
class Fault:
    """A fault for the next `times` calls of `method` ("*": any) into `chat_id` (None: any)."""

    trouble: Trouble
    method: str = "*"
    chat_id: int | None = None
    times: int = 1
    code: int = 500
    retry_after: int = 1
    seconds: float = 0.0

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Say whether this call is one of those."""
        if self.times <= 0 or (self.method != "*" and self.method.lower() != method):
            return False
        return (
            self.method != "*" or method != "getupdates" if self.chat_id is None else self.chat_id == chat_id
        )


@dataclass(slots=True)
class Faults:
    """The faults still to come, oldest first."""

    coming: list[Fault] = field(default_factory=list)

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Give the fault that this call meets, and count it off."""
        for fault in self.coming:
            if fault.meets(method, chat_id):
                fault.times -= 1
                if fault.times == 0:
                    self.coming.remove(fault)
                return fault
        return None
