"""Joins waiting texts of one line into one message, to spare the group's rate limit."""

import re
from datetime import datetime
from html import unescape
from typing import Final

from bot.complaint.letters import Letter, LetterKind
from bot.wording.splitting import split

LONGEST: Final = 4096
"""Characters of a message, counted without its tags."""
NEXT_LINE: Final = "\n"
NEXT_PARAGRAPH: Final = "\n\n"
_TAG: Final = re.compile(r"<[^>]*>")


def joined(first: Letter, next_one: Letter) -> Letter | None:
    """The first letter with the text of the next one appended; None if they must stay apart."""
    if not (_plain(first) and _plain(next_one) and _follows(first, next_one)):
        return None
    # a complainant's burst reads as lines at the desk; whole answers of ours stay paragraphs
    html = f"{first.html}{NEXT_LINE if first.chat < 0 else NEXT_PARAGRAPH}{next_one.html}"
    if len(html) > LONGEST and visible_length(html) > LONGEST:
        return None
    return first.evolve(
        html=html,
        keys=next_one.keys,
        quiet=first.quiet and next_one.quiet,
        expires_at=_until(first, next_one),
    )


def with_below(letter: Letter, standing: str) -> Letter:
    """The letter with what stays under its words, its own or `standing`; where both are too long the words are cut."""
    below = letter.below or standing
    if letter.place is None or not below or not letter.html:
        return letter
    room = LONGEST - visible_length(below) - len(NEXT_PARAGRAPH)
    words = split(letter.html, room)[0]
    # a quotation has space around it
    gap = NEXT_LINE if words.endswith("</blockquote>") else NEXT_PARAGRAPH
    return letter.evolve(html=f"{words}{gap}{below}")


def _until(first: Letter, next_one: Letter) -> datetime | None:
    """Together they are of use as long as either is."""
    if first.expires_at is None or next_one.expires_at is None:
        return None
    return max(first.expires_at, next_one.expires_at)


def visible_length(html: str) -> int:
    """Characters that Telegram counts: code points without tags."""
    return len(unescape(_TAG.sub("", html)))


def _plain(letter: Letter) -> bool:
    return (
        letter.kind is LetterKind.TEXT
        and letter.mergeable
        and letter.place is None
        and letter.key is None
        and letter.attempted_at is None
    )


def _follows(first: Letter, next_one: Letter) -> bool:
    """Whether two letters can be merged without losing a keyboard or a reply."""
    if first.door != next_one.door:
        return False
    if first.keys or next_one.reply_to is not None or next_one.drop_keyboard:
        return False
    return not (first.drop_keyboard and next_one.keys)
