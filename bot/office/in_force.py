"""The rules and replies in force; a reload replaces both."""

from dataclasses import dataclass, field

from bot.policy.rules import Rules
from bot.wording.catalogue import Catalogue


@dataclass(slots=True)
class InForce:
    """The rules and replies in force."""

    rules: Rules = field(default_factory=Rules)
    catalogue: Catalogue | None = None
