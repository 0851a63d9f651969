"""Removes invisible and direction-changing characters from text that is shown; the stored text keeps them."""

import re
from typing import Final

_HIDDEN: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb"
"""Controls, and marks that turn the reading direction of what stands beside them."""
_UNSEEN: Final = re.compile(f"[{_HIDDEN}]")
_PILING: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_PILED: Final = re.compile(f"([{_PILING}]{{4}})[{_PILING}]+")
"""More combining marks on one letter than any language uses; they would cover other lines."""
_ODD: Final = re.compile(f"[{_HIDDEN}{_PILING}]")
"""Hardly any text has any of these, and then one look is enough."""
_IN_NAMES: Final = re.compile(
    "[\u00ad\u115f\u1160\u200b\u200e\u200f\u2028\u2029\u2060-\u2065\u2800\u3164\ufeff\uffa0]"
)
"""What takes no room, or looks like nothing: a name of these alone is none."""
LONGEST_NAME: Final = 64


def shown(text: str) -> str:
    """Text without invisible or direction-changing characters, safe to stand among our own words."""
    if _ODD.search(text) is None:
        return text
    return _PILED.sub(r"\1", _UNSEEN.sub("", text))


def shown_name(text: str) -> str:
    """A name that people gave themselves: one line, safe characters, shortened; perhaps empty."""
    return " ".join(_IN_NAMES.sub(" ", shown(text)).split())[:LONGEST_NAME].rstrip()
