"""How much a letter takes of its chat's rate limit."""

from typing import Final

from bot.complaint.letters import Letter, LetterKind

FREE_KINDS: Final = frozenset(
    {LetterKind.ANSWER_PRESS, LetterKind.TYPING, LetterKind.REACT, LetterKind.DELETE, LetterKind.READ}
)
"""Kinds that do not count against a chat's limit."""


def cost_of(letter: Letter) -> int:
    """How many events of the chat's budget a letter takes."""
    if letter.kind in FREE_KINDS:
        return 0
    return max(1, len(letter.sources)) if letter.kind is LetterKind.ALBUM else 1
