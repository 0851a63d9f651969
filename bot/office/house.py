"""The house: all parts of the running bot, how they run, and how they end."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from bot.complaint.errors import SettingsWrong
from bot.office.duty import Duty
from bot.office.evidence.archive import Archivist
from bot.office.fittings import Fittings
from bot.office.heartbeat import Heartbeat
from bot.office.incoming.polling import PollingIntake
from bot.office.incoming.webhook import WebhookIntake
from bot.office.introducing import hang_menus
from bot.office.outgoing.couriers import Couriers
from bot.office.standby import Standby, Words
from bot.office.turns.clerk import Clerk
from bot.office.watching.caretaker import Caretaker
from bot.office.watching.watch import Watch
from bot.policy.rules import Rules
from bot.store import News, Store
from bot.telegram.delivery import Telegram
from bot.wording.catalogue import Catalogue

if TYPE_CHECKING:
    from bot.front import Front

STOP_WITHIN: Final = 5.0
"""Seconds that letters under way get when the house closes."""


class Part(Protocol):
    """Anything that runs as long as the house does."""

    async def run(self) -> None:
        """Work until cancelled, or until the house closes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The running bot: all its parts, built and connected."""

    store: Store
    telegram: Telegram
    intake: PollingIntake | WebhookIntake
    clerk: Clerk
    watch: Watch
    courier: Couriers
    archivist: Archivist
    caretaker: Caretaker
    standby: Standby
    duties: tuple[Duty, ...]
    heartbeat: Heartbeat
    hear: Callable[[News], None]
    front: "Front | None"
    fittings: Fittings

    async def run(self) -> None:
        """Run all parts until cancelled; if one fails, stop all and raise its error."""
        front = () if self.front is None else (self.front,)
        brings = (self.intake,) if isinstance(self.intake, WebhookIntake) else ()
        shared = (self.heartbeat,) if self.store.shared else ()
        try:
            async with asyncio.TaskGroup() as parts:
                # takes until the database can be reached
                parts.create_task(self.fittings.store.listen(self.hear), name="listen")
                always = (*self.duties, self.clerk, self.standby, self.fittings.reports)
                for part in (*always, *front, *brings, *shared):
                    parts.create_task(self._lasting(part), name=type(part).__name__)
        except BaseExceptionGroup as group:
            raise _first(group) from None

    async def _lasting(self, part: Part) -> None:
        """Run a part. One that ends while the house is open is a failure, and is heard of."""
        try:
            await part.run()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
        if not self.standby.outage.closing:
            raise RuntimeError(f"{type(part).__name__} ended by itself")

    async def close(self) -> None:
        """Accept nothing new, finish what is under way, and record its outcome."""
        self.standby.outage.give_up()
        fronts = () if self.front is None else (self.front.stop(),)
        await asyncio.gather(*fronts, self.courier.stop(STOP_WITHIN))

    def shut(self) -> None:
        """Release the HTTP address, after all requests are done."""
        if self.front is not None:
            self.front.close()

    async def renew(self, rules: Rules, catalogue: Catalogue) -> None:
        """Use these rules and replies from the next row on; what is under way ends by the old ones.

        Raises:
            SettingsWrong: they name other groups of the desk, which takes a restart, or no usable order book.
            Unreachable: the new rules are in use, but Telegram did not take the menus.
        """
        if rules.desks() != self.fittings.desks:
            raise SettingsWrong(
                "COMPLAINT_BOT_BRAND: the queues have other groups than before. Restart the bot for that."
            )
        counter, ledger = await asyncio.to_thread(self.fittings.counter, rules, catalogue)
        self.clerk.adopt(counter)
        self.caretaker.adopt(ledger)
        self.standby.adopt(Words.of(catalogue, rules.languages))
        await hang_menus(self.telegram, catalogue, rules, self.fittings.groups)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    one: BaseException = group
    while isinstance(one, BaseExceptionGroup):
        one = one.exceptions[0]
    return one
