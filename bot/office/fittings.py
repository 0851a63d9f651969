"""Builds a counter from rules and replies, with the parts that outlast a reload."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.complaint.ids import ChatId, UserId
from bot.office.booking.ledger import Ledger
from bot.office.branches import many_brands
from bot.office.groups import Groups
from bot.office.in_force import InForce
from bot.office.lookup.links import open_links
from bot.office.lookup.lookup import Lookup
from bot.office.lookup.orders import open_order_book
from bot.office.lookup.reading_room import Reads
from bot.office.phrases import catalogue_of
from bot.office.reports.reports import Reports
from bot.office.turns.counter import Counter
from bot.policy.rules import Rules
from bot.store.port import Store
from bot.telegram.premises import Premises
from bot.wording.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Fittings:
    """Everything a counter needs beside rules and replies."""

    store: Store
    premises: Premises
    groups: Groups
    reader: Reads
    digits: Callable[[], int]
    desks: frozenset[ChatId]
    """The groups that queues have of their own, as the brand file names them."""
    bot_name: str = ""
    page: str = ""
    """The link that opens the supervisor's page; empty where it is not served."""
    reports: Reports
    """Draws what is wished for."""
    token: str | None = field(default=None, repr=False)
    """The bot's: links are signed by it where the brand has no keys of its own."""

    @property
    def in_force(self) -> InForce:
        """The rules and replies in force."""
        return self.reports.in_force

    def counter(self, rules: Rules, catalogue: Catalogue) -> tuple[Counter, Ledger]:
        """A counter for these rules and replies, and its ledger.

        Raises:
            SettingsWrong: the order book, or the file of keys for links, cannot be used.
        """
        ledger = Ledger(catalogue, rules, self.groups, self.store.letter_ids)
        premises, orders = self.premises, open_order_book(rules.orders)
        lookup = Lookup(self.store, orders, rules, premises.is_member, self.digits, premises.is_creator)
        lookup.page, lookup.links = self.page, open_links(rules.links, self.token)
        lookup.bot_name = self.bot_name
        branches = {
            UserId(owner): self.counter(own, catalogue_of(own, catalogue.folders))[0]
            for owner, own in rules.branches.items()
        }
        self.in_force.rules, self.in_force.catalogue = rules, catalogue
        parts = (self.store, self.reader, lookup, ledger, rules, self.groups)
        counter = many_brands(parts, branches, self.store.door_for) if branches else Counter(*parts)
        counter.sketches = self.reports.sketch
        counter.squares.is_admin = premises.is_administrator
        return counter, ledger
