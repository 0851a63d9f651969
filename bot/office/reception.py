"""Sets up the HTTP front, if the bot is to listen at all."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.complaint.errors import SettingsWrong
from bot.front import Front, Meters, Views, Webhook, application
from bot.front.miniapp import Pace, miniapp
from bot.office.clock import Clock
from bot.office.fittings import Fittings
from bot.office.incoming.webhook import WebhookIntake
from bot.office.supervision.glancing import Glances
from bot.office.supervision.oversight import Oversight
from bot.office.supervision.page_access import PageAccess
from bot.office.turns.clerk import Clerk
from bot.office.views import Lookout
from bot.office.vitals import Vitals
from bot.store.port import Store


@dataclass(frozen=True, slots=True)
class Address:
    """The address to listen on, and the secrets that requests must show."""

    host: str
    port: int
    secret: str | None = field(default=None, repr=False)
    token: str = field(default="", repr=False)
    """The bot's token: with it Telegram signs who opens the supervisor's page."""
    api_url: str = field(default="", repr=False)


def open_front(  # noqa: PLR0913 - every part of the front is made elsewhere
    store: Store,
    clerk: Clerk,
    vitals: Vitals,
    clock: Clock,
    *,
    meters: Meters,
    address: Address,
    intake: WebhookIntake | None,
    fittings: Fittings,
) -> Front:
    """The front at its address; nothing is served before it runs.

    Raises:
        SettingsWrong: it cannot listen there.
    """
    lookout = Lookout(store, clerk, vitals, clock, meters)
    webhook = None
    if intake is not None and address.secret is not None:
        webhook = Webhook(secret=address.secret, take=intake.take, strangers=intake.stranger)
    pace = Pace(clock.now)
    access = PageAccess(
        store, fittings.premises, fittings.groups, fittings.in_force, address.token, clock, pace
    )
    oversight = Oversight(store, access, Glances(store, clock), clock)
    page = miniapp(oversight, _frames(address.api_url))
    app = application(Views(reasons=lookout.reasons, metrics=lookout.metrics), webhook, page)
    front = Front(app, address.host, address.port)
    try:
        front.bind()
    except OSError as wrong:
        raise SettingsWrong(
            f"COMPLAINT_BOT_LISTEN: nothing can listen on {address.host}:{address.port} ({wrong.strerror}). "
            "Choose an address of this machine and a port that is free."
        ) from None
    return front


def _frames(api_url: str) -> tuple[str, ...]:
    """The Bot API server's own page may show ours in a frame, as the sandbox does; Telegram's has none."""
    parts = urlsplit(api_url)
    return (f"{parts.scheme}://{parts.netloc}",) if parts.hostname not in (None, "api.telegram.org") else ()
