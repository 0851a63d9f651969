"""Wakes the parts that have work after a commit, by this replica or another."""

from dataclasses import dataclass

from bot.complaint.ids import LetterId
from bot.complaint.records import Round
from bot.office.evidence.archive import Archivist
from bot.office.outgoing.couriers import Couriers
from bot.office.turns.clerk import Clerk
from bot.office.vitals import Vitals
from bot.office.watching.watch import Watch
from bot.store.port import News


@dataclass(frozen=True, slots=True)
class Bell:
    """Wakes courier, watch, archivist and clerk after commits."""

    couriers: Couriers
    watch: Watch
    archivist: Archivist
    vitals: Vitals

    def written(self, round_: Round) -> None:
        """Our clerk committed this round."""
        self.vitals.written(round_)
        if round_.timers:
            self.watch.look()
        if round_.files:
            self.archivist.wake()

    def heard(self, clerk: Clerk, news: News) -> None:
        """Another replica committed this."""
        if news.moved is not None:
            clerk.relocated(*news.moved)
        if news.arrivals:
            clerk.wake()
        if news.letters is not None:
            self.couriers.recollect(LetterId(news.letters - 1))
            if self.couriers.carry:
                clerk.others_write()
        if news.timers:
            self.watch.look()
        if news.files:
            self.archivist.wake()

    def look_round(self) -> None:
        """After an outage: wake everybody, since notifications may have been lost."""
        self.couriers.recollect()
        self.watch.look()
        self.archivist.wake()
