"""`complaint-bot check`: finds wrong settings, brand files, replies and desk rights before the bot starts."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EISDIR
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final
from urllib.parse import urlsplit

from bot.commands.checking_accounts import account_findings
from bot.commands.checking_branches import branch_findings, branch_notes
from bot.commands.checking_groups import group_notes
from bot.commands.checking_miniapp import miniapp_notes
from bot.complaint.errors import BrandFileWrong, ComplaintError, ReplyWrong, SettingsWrong, StoreUnusable
from bot.complaint.ids import ChatId
from bot.complaint.reading import Language
from bot.config import Settings, load_rules
from bot.office.clock import WallClock
from bot.office.evidence.transcribing import plug_in
from bot.office.lookup.links import open_links
from bot.office.lookup.orders import open_order_book
from bot.office.phrases import load_catalogue
from bot.office.reports.report_orders import read_volumes
from bot.policy.rules import Rules
from bot.reading.folding import simplified
from bot.store import open_store
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.telegram.premises import Premises
from bot.telegram.troubles import Unreachable
from bot.wording.catalogue import Catalogue
from bot.wording.finding import Finding
from bot.wording.lint import findings as wording_findings
from bot.wording.proofs import proof_page
from bot.wording.table_lint import named_findings

HOOK_PORTS: Final = (443, 80, 88, 8443)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found: in the replies, and elsewhere as lines; and the replies, if they could be read."""

    words: tuple[Finding, ...] = ()
    others: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Notes that are no findings."""
    catalogue: Catalogue | None = None

    @property
    def lines(self) -> list[str]:
        """Each finding as a line that says what to do."""
        return [*(str(one) for one in self.words), *self.others]


async def checked(settings: Settings) -> Checked:
    """Check all of it; the desk only if there is a token."""
    home = at_home(settings)
    others = [*home.others, *await _audit_findings(settings.database)]
    others += _hook_findings(settings)
    notes = home.notes
    if settings.token is not None:
        others += await _desk_findings(settings)
        notes = (*notes, *await _notes(settings))
    if settings.model_url is not None:
        from bot.commands.asking import model_findings  # noqa: PLC0415 - who names no model needs none of it

        others += await model_findings(settings)
    return Checked(words=home.words, others=tuple(others), notes=notes, catalogue=home.catalogue)


def write_page(found: Checked, file: Path) -> bool:
    """The writers' page into this file; False if brand file or replies cannot be read, and there is none.

    Raises:
        SettingsWrong: the file cannot be written.
    """
    if found.catalogue is None:
        return False
    page = proof_page(found.catalogue, found.words, found.others)
    with _written(file):
        file.write_text(page, encoding="utf-8")
    return True


def check_page(file: Path) -> None:
    """Check that the writers' page can be written, before the work for it is done.

    Raises:
        SettingsWrong: it could not.
    """
    with _written(file):
        if file.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        with TemporaryFile(dir=file.absolute().parent):
            pass


@contextmanager
def _written(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as wrong:
        raise SettingsWrong(
            f"--page: {file} cannot be written ({wrong.strerror}). Name a file in a folder that exists."
        ) from None


def at_home(settings: Settings) -> Checked:
    """Findings in the brand file, the order book and the replies, the replies read with the brand's words."""
    try:
        rules = load_rules(settings.brand)
    except BrandFileWrong as wrong:
        return Checked(others=(f"COMPLAINT_BOT_BRAND: {wrong.detail}",))
    others: list[str] = []
    for looked_into in (
        lambda: open_order_book(rules.orders),
        lambda: read_volumes(rules),
        lambda: open_links(rules.links, None),
        lambda: plug_in(rules.voice),
    ):
        try:
            looked_into()
        except SettingsWrong as wrong:
            told = (wrong.detail or str(wrong)).removeprefix("COMPLAINT_BOT_BRAND: ")
            others.append(f"COMPLAINT_BOT_BRAND: {told}")
    others += [f"COMPLAINT_BOT_BRAND: {one}" for one in named_findings(_names(rules))]
    try:
        catalogue = load_catalogue(rules, settings.replies)
    except ReplyWrong as wrong:
        return Checked(others=(*others, f"COMPLAINT_BOT_REPLIES: {wrong.detail}"))
    words = tuple(wording_findings(catalogue, simplified))
    own_words, own_others = branch_findings(rules, catalogue.folders)
    words, others = tuple(dict.fromkeys((*words, *own_words))), [*others, *own_others]
    notes = tuple(branch_notes(rules))
    return Checked(words=words, others=tuple(others), notes=notes, catalogue=catalogue)


def _names(rules: Rules) -> Iterator[tuple[str, Language, str]]:
    """Every name of the brand file that customers read, with the place where it stands."""
    named = (
        ("name", rules.name),
        ("hotline_hours", rules.hotline_hours),
        *((f"products {one.key}", one.names) for one in rules.products),
        *((f"goodwill {one.key}", one.names) for one in rules.goodwill),
        *((f"queues.{queue}", one.names) for queue, one in rules.queues.items()),
        *((f"misunderstandings {one.key}", one.facts) for one in rules.misunderstandings),
    )
    for place, names in named:
        for language, words in names.items():
            yield place, language, simplified(words)


async def _audit_findings(database: str) -> list[str]:
    """Whether the audit is as it was written. A database that cannot be read yet is no finding of its own."""
    try:
        store = await open_store(database, create=False)
    except StoreUnusable:
        return []
    try:
        line = await store.broken_seal()
    except StoreUnusable:
        return []
    finally:
        await store.close()
    if line is None:
        return []
    words = f"line {line} of the audit is not as it was written, or a line before it was taken out"
    advice = "Keep this file as it is, find out who could write it, and compare it with your last copy"
    return [f"COMPLAINT_BOT_DATABASE: {words}. {advice}."]


def _hook_findings(settings: Settings) -> list[str]:
    """Where Telegram itself would not bring updates; another Bot API server may."""
    if settings.webhook_url is None or settings.api_url != Settings().api_url:
        return []
    parts = urlsplit(settings.webhook_url)
    if parts.scheme == "https" and (parts.port or 443) in HOOK_PORTS:
        return []
    ports = ", ".join(str(one) for one in HOOK_PORTS)
    words = f"Telegram brings updates only to https:// and to the ports {ports}"
    return [f"COMPLAINT_BOT_WEBHOOK_URL: {words}. Write such an address, or unset it to have them fetched."]


def _desks(settings: Settings) -> list[tuple[ChatId, str]]:
    """Every group of the desk, and where it is named."""
    try:
        own = load_rules(settings.brand).desks()
    except BrandFileWrong:
        own = frozenset()
    return [
        (settings.needed_desk, "COMPLAINT_BOT_DESK"),
        *((one, f"queues: desk {one}") for one in sorted(own)),
    ]


async def _notes(settings: Settings) -> tuple[str, ...]:
    """Good to know; nothing where Telegram does not answer, which is a finding of its own."""
    try:
        async with Telegram(Address(settings.api_url, settings.needed_token)) as telegram:
            return (*await group_notes(telegram), *await miniapp_notes(telegram, settings))
    except ComplaintError:
        return ()


async def _desk_findings(settings: Settings) -> list[str]:
    try:
        async with Telegram(Address(settings.api_url, settings.needed_token)) as telegram:
            bot_id, _ = await telegram.me()
            found = []
            for desk, where in _desks(settings):
                premises = Premises(telegram, desk, WallClock().now)
                found += [f"{where}: {one}" for one in await premises.findings(bot_id)]
            return [*found, *await account_findings(settings, telegram)]
    except Unreachable as wrong:
        place = f"{settings.api_url} cannot be reached ({wrong.detail})"
        return [f"COMPLAINT_BOT_API_URL: {place}. Check the address, and the way to it."]
    except ComplaintError as wrong:
        return [wrong.detail or str(wrong)]
