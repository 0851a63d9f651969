"""`check`, for accounts with a brand file of their own: its findings, and what it shares with the common one."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.complaint.errors import ReplyWrong, SettingsWrong
from bot.office.lookup.orders import open_order_book
from bot.office.phrases import catalogue_of
from bot.policy.rules import Rules
from bot.reading.folding import simplified
from bot.wording.finding import Finding
from bot.wording.lint import findings as wording_findings

SHARED: Final = (
    "Shared with the common brand: languages, colleagues, what the reader hears ([reading] cues), groups, links, "
    "and the bot's own chat, where everybody meets the common brand"
)


def branch_findings(rules: Rules, folders: Sequence[Path]) -> tuple[list[Finding], list[str]]:
    """In the words, and elsewhere as lines."""
    words: list[Finding] = []
    others: list[str] = []
    for owner, own in sorted(rules.branches.items()):
        place = f"accounts {owner}"
        try:
            open_order_book(own.orders)
        except SettingsWrong as wrong:
            others.append(f"{place}: {(wrong.detail or str(wrong)).removeprefix('COMPLAINT_BOT_BRAND: ')}")
        if own.replies:
            try:
                words += wording_findings(catalogue_of(own, folders), simplified)
            except ReplyWrong as wrong:
                others.append(f"{place}: replies: {wrong.detail}")
    return words, others


def branch_notes(rules: Rules) -> Iterator[str]:
    """For each brand of an account what is its own; then what is not."""
    for owner, own in sorted(rules.branches.items()):
        words = "words, " if own.replies else ""
        book = "order book, " if own.orders else ""
        yield f"accounts {owner}: {own.branch} has its own name, hours, {words}{book}queues, deadlines and goodwill."
    if rules.branches:
        yield f"accounts: {SHARED}."
