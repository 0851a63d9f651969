"""How long things may wait: hard stops of a case, the quiet hours, and when a burst of messages is over."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class HardStops:
    """Days after which nobody may let a case lie any longer, whatever its severity (R39)."""

    supervisor_days: int = 7
    manager_days: int = 10
    legal_days: int = 15
    final_days: int = 30

    def __post_init__(self) -> None:
        """Each stop warns before the next."""
        if not 0 < self.supervisor_days < self.manager_days < self.legal_days < self.final_days:
            raise ValueError("hard_stops: write rising numbers of days, supervisor first, final last")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """When nobody is written to unasked."""

    begins: time = time(21, 0)
    ends: time = time(9, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """How long a burst of messages may go on before it is answered, in seconds (S11)."""

    quiet_seconds: float = 4.0
    at_most_seconds: float = 15.0

    def __post_init__(self) -> None:
        """The answer comes within 15 seconds even if they never stop."""
        if not 0 < self.quiet_seconds <= self.at_most_seconds:
            raise ValueError("settle: write quiet_seconds above 0 and not above at_most_seconds")


USUAL_STOPS, USUAL_QUIET, USUAL_SETTLE = HardStops(), QuietHours(), Settle()
"""What holds where a brand says nothing."""
