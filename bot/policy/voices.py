"""The brand's settings for voice messages."""

import re
from dataclasses import dataclass
from typing import Final

_PLACE: Final = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*|")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRules:
    """Who writes down voice messages, if a machine does: a person listens in any case."""

    transcriber: str = ""
    """A plug-in, as `module:name`; empty: there is none."""
    seconds: float = 30.0
    """How long it may take for one message."""

    def __post_init__(self) -> None:
        """A place in a Python module, and a patience that keeps no evidence waiting."""
        if _PLACE.fullmatch(self.transcriber) is None:
            raise ValueError('voice.transcriber: write it as "module:name"')
        if not 1 <= self.seconds <= 300:  # noqa: PLR2004 - five minutes
            raise ValueError("voice.seconds: write seconds from 1 to 300")


NO_MACHINE: Final = VoiceRules()
