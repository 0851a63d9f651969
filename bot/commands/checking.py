"""`complaint-bot check`: everything that could go wrong at the start, found before it does."""

from bot.app import load_catalogue
from bot.complaint.errors import BrandFileWrong, ComplaintError, ReplyWrong, SettingsWrong, StoreUnusable
from bot.complaint.ids import ChatId
from bot.config import Settings, load_rules
from bot.office.clock import WallClock
from bot.office.orders import open_order_book
from bot.store import open_store
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.telegram.premises import Premises
from bot.telegram.troubles import Unreachable
from bot.wording.lint import findings as wording_findings


async def findings(settings: Settings) -> list[str]:
    """Each finding as a line that says what to do."""
    found = _findings_at_home(settings) + await _audit_findings(settings.database)
    if settings.token is not None:
        found += await _desk_findings(settings)
    if settings.model_url is not None:
        from bot.commands.asking import model_findings  # noqa: PLC0415 - who names no model needs none of it

        found += await model_findings(settings)
    return found


def _findings_at_home(settings: Settings) -> list[str]:
    """What the brand file, the order book and the replies hold; the replies are read with the brand's words."""
    try:
        rules = load_rules(settings.brand)
    except BrandFileWrong as wrong:
        return [f"COMPLAINT_BOT_BRAND: {wrong.detail}"]
    found: list[str] = []
    try:
        open_order_book(rules.orders)
    except SettingsWrong as wrong:
        found.append(f"COMPLAINT_BOT_BRAND: {wrong.detail or wrong}")
    try:
        found += [str(one) for one in wording_findings(load_catalogue(rules, settings.replies))]
    except ReplyWrong as wrong:
        found.append(f"COMPLAINT_BOT_REPLIES: {wrong.detail}")
    return found


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


async def _desk_findings(settings: Settings) -> list[str]:
    try:
        async with Telegram(Address(settings.api_url, settings.needed_token)) as telegram:
            bot_id, _ = await telegram.me()
            found = []
            for desk, where in _desks(settings):
                premises = Premises(telegram, desk, WallClock().now)
                found += [f"{where}: {one}" for one in await premises.findings(bot_id)]
            return found
    except Unreachable as wrong:
        place = f"{settings.api_url} cannot be reached ({wrong.detail})"
        return [f"COMPLAINT_BOT_API_URL: {place}. Check the address, and the way to it."]
    except ComplaintError as wrong:
        return [wrong.detail or str(wrong)]
