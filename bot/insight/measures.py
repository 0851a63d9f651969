"""The settings of a brand that its figures depend on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.complaint.axes import Queue, Severity
from bot.complaint.dealings import Pause
from bot.complaint.reading import Language
from bot.insight.facts import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The settings, passed in since this package may not import policy."""

    working: Callable[[datetime, datetime, Queue], timedelta]
    """Working time between two moments at the desk of a queue."""
    due: Callable[[str, Severity, datetime, Queue], datetime]
    """When `decision` is due for a case of this severity received at this moment."""
    put_off: Callable[[str, Severity, datetime, Iterable[Pause], Queue], datetime]
    """The same, as much later as its clock stood still meanwhile."""
    now: datetime
    key: bytes
    """Secret of the brand, so that nobody finds a complainant by a token."""
    brand: str = ""
    form: str = ""
    """The hash of these settings that rows of facts carry (see `form_of`)."""
    product: Callable[[str], str] = str
    """The brand's own key for a product, whatever it was called."""
    lint: Callable[[str, Language, int], int] | None = None
    """How many sentences the tone check finds in a colleague's words; the number is the apology that may be said."""
    branches: Mapping[int, "Measures"] = field(default_factory=dict)
    """Those of brands that have an account of their own, by its door."""
    cues: Mapping[Duty, tuple[str, ...]] = field(default_factory=dict)
    """Words of a colleague's that show a step was done. What replies of ours do stands on the case."""

    def at(self, door: int) -> "Measures":
        """Those of the brand that answers at this door."""
        return self.branches.get(door, self)
