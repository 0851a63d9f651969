"""A finding of `check`, about a reply or a table."""

from dataclasses import dataclass

from bot.complaint.reading import Language

WRITTEN = (Language.ZH, Language.EN)
"""The languages in which every reply must exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem: its file, rule and source, the words, and what to do."""

    file: str
    rule: str
    source: str
    words: str
    hint: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.file}: {self.rule} ({self.source}): “{self.words}”. {self.hint}"
