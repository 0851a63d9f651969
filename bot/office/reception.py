"""The reception: what stands at the front, furnished where something listens at all."""

from dataclasses import dataclass

from bot.complaint.errors import SettingsWrong
from bot.front import Door, Front, Meters, Views, front_door
from bot.office.clerk import Clerk
from bot.office.clock import Clock
from bot.office.doorstep import Doorstep
from bot.office.views import Lookout
from bot.office.vitals import Vitals
from bot.store.port import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the front listens, and what updates must show."""

    host: str
    port: int
    secret: str | None = None


def open_front(
    store: Store,
    clerk: Clerk,
    vitals: Vitals,
    clock: Clock,
    *,
    meters: Meters,
    address: Address,
    doorstep: Doorstep | None,
) -> Front:
    """The front at its address; nothing is served before it runs.

    Raises:
        SettingsWrong: it cannot listen there.
    """
    lookout = Lookout(store, clerk, vitals, clock, meters)
    door = None
    if doorstep is not None and address.secret is not None:
        door = Door(secret=address.secret, take=doorstep.take, strangers=doorstep.stranger)
    app = front_door(Views(reasons=lookout.reasons, metrics=lookout.metrics), door)
    front = Front(app, address.host, address.port)
    try:
        front.bind()
    except OSError as wrong:
        raise SettingsWrong(
            f"COMPLAINT_BOT_LISTEN: nothing can listen on {address.host}:{address.port} ({wrong.strerror}). "
            "Choose an address of this machine and a port that is free."
        ) from None
    return front
