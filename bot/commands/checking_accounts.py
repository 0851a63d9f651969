"""`check`, for the brand's own Telegram accounts: missing connections and rights, each with what to do."""

from bot.complaint.doors import Account
from bot.complaint.errors import BrandFileWrong, ComplaintError, StoreUnusable
from bot.config import Settings, load_rules
from bot.store import open_store
from bot.telegram.delivery import Telegram

BOTFATHER = "In @BotFather: /mybots, the bot, Bot Settings, Business Mode, Turn on"
RIGHTS = "In Telegram on that account's phone: Settings, Telegram Business, Chatbots, Reply to Messages"


async def account_findings(settings: Settings, telegram: Telegram) -> list[str]:
    """Nothing, where nobody has connected the bot and the brand file names no account.

    Raises:
        Unreachable: Telegram does not answer.
    """
    known, named = await _known(settings.database), _named(settings)
    if not known and not named:
        return []
    found = []
    if not await telegram.serves_accounts():
        found.append(f"accounts: the bot cannot be connected to accounts. {BOTFATHER}.")
    missing = named - {one.owner for one in known}
    found += [
        f"accounts: the account of {owner} is not connected yet. {RIGHTS.partition(', Reply')[0]}, and this bot's name."
        for owner in sorted(missing)
    ]
    return found + [_silent(one) for one in known if not one.speaks]


def _silent(account: Account) -> str:
    why = "may not reply" if account.enabled else "is disconnected"
    return f"accounts: the bot {why} for {account.name} ({account.owner}). {RIGHTS}."


def _named(settings: Settings) -> set[int]:
    try:
        return set(load_rules(settings.brand).branches)
    except BrandFileWrong:
        return set()


async def _known(database: str) -> list[Account]:
    """Those that were ever connected. A database that cannot be read yet is no finding of its own."""
    try:
        store = await open_store(database, create=False)
    except StoreUnusable:
        return []
    try:
        return await store.accounts()
    except ComplaintError:
        return []
    finally:
        await store.close()
