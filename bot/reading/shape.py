"""The shape of a message as features of the classifier: length, questions, shouting, laughter."""

import re
from bisect import bisect_right
from typing import Final

_READ: Final = 600
_LENGTHS: Final = (8, 20, 50, 120, 250)
_MOST: Final = 3
_MOST_LINES: Final = 4
_CAPITALS: Final = re.compile(r"\b[A-Z]{3,}\b")
_FACES: Final = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]")


def shape_of(text: str) -> frozenset[str]:
    """Its marks; looked at is only the beginning."""
    start = text[:_READ]
    shouts = start.count("!") + start.count("！")
    return frozenset(
        {
            f"#long{bisect_right(_LENGTHS, len(start))}",
            f"#asks{int('?' in start or '？' in start or '吗' in start)}",
            f"#calls{min(_MOST, shouts)}",
            f"#lines{min(_MOST_LINES, start.count(chr(10)))}",
            _capitals(start),
            *(f"#{face}" for face in _FACES.findall(start)),
        }
    )


def _capitals(start: str) -> str:
    """Some words in capitals are shouted; a text that is all capitals is a form."""
    words = len(_CAPITALS.findall(start))
    form = words and not any(map(str.islower, start))
    return "#form" if form else f"#capitals{min(_MOST, words)}"
