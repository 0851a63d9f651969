"""`complaint-bot check`: everything that could go wrong at the start, found before it does."""

from bot.app import load_catalogue
from bot.complaint.errors import ComplaintError, SettingsWrong
from bot.config import Settings, load_rules
from bot.office.clock import WallClock
from bot.office.orders import open_order_book
from bot.telegram.address import Address
from bot.telegram.delivery import Telegram
from bot.telegram.premises import Premises
from bot.wording.lint import findings as wording_findings


async def findings(settings: Settings) -> list[str]:
    """Each finding as a line that says what to do."""
    found: list[str] = []
    rules = load_rules(settings.brand)
    try:
        open_order_book(rules.orders)
    except SettingsWrong as wrong:
        found.append(str(wrong))
    found += [str(one) for one in wording_findings(load_catalogue(rules, settings.replies))]
    if settings.token is not None:
        found += await _desk_findings(settings)
    return found


async def _desk_findings(settings: Settings) -> list[str]:
    try:
        async with Telegram(Address(settings.api_url, settings.needed_token)) as telegram:
            bot_id, _ = await telegram.me()
            premises = Premises(telegram, settings.needed_desk, WallClock().now)
            return [f"COMPLAINT_BOT_DESK: {one}" for one in await premises.findings(bot_id)]
    except ComplaintError as wrong:
        return [wrong.detail or str(wrong)]
