"""The store's part on incidents, and on what cases have in common."""

from collections.abc import Collection
from datetime import datetime
from typing import Final, Protocol

import msgspec

from bot.complaint.errors import RecordUnreadable
from bot.complaint.ids import CaseNo, UserId
from bot.complaint.incidents import Incident, IncidentNo, Linked, Sighting
from bot.complaint.reading import Category
from bot.store.rows import Row, json_text, stamp, stamp_or_none

MOST_SEEN: Final = 400
"""The most sightings of a kind that are compared, the newest first."""

_incident: Final = msgspec.json.Decoder(Incident)
_words: Final = msgspec.json.Decoder(tuple[int, ...])


class Incidents(Protocol):
    """The store's calls about incidents; they are written with a round."""

    async def sightings(self, like: Sighting, *, since: datetime, harmed_since: datetime) -> list[Sighting]:
        """Other cases of the same brand and batch, store and kind, or product and kind, opened after `since`.

        The newest come first.

        Those in which somebody was hurt by the same batch, after `harmed_since`. At most 400 of each sort.
        """
        ...

    async def incidents(
        self, *, dismissed_since: datetime | None = None, numbers: Collection[IncidentNo] = ()
    ) -> list[Incident]:
        """Those named; with `dismissed_since` also all that live, and those dismissed since then. By number.

        Raises:
            RecordUnreadable: one is not what was written.
        """
        ...

    async def last_incident(self) -> int:
        """The number of the newest; 0 if there was none yet."""
        ...

    async def linked(self, incident: IncidentNo) -> list[CaseNo]:
        """The cases that are a part of it, in the order in which they came to it."""
        ...

    async def parts_of(self, cases: Collection[CaseNo]) -> dict[CaseNo, IncidentNo]:
        """The incidents that these cases belong to, undeclared ones included; free cases are missing."""
        ...

    async def opened_by_hour(self, since: datetime) -> dict[datetime, int]:
        """How many cases were opened in each hour since then; hours without any are left out."""
        ...


def sighting_row(one: Sighting) -> Row:
    """A row of `sightings`: case_no, at, product, batch, store, category, harmed, many, words, brand."""
    return (
        one.case_no,
        stamp(one.at),
        one.product,
        one.batch,
        one.store,
        one.category.value,
        int(one.harmed),
        int(one.many),
        json_text(one.words),
        one.brand,
    )


def sighting_from(row: Row) -> Sighting:
    """The sighting as it was written, with its case's customer and incident."""
    case_no, at, product, batch, store, category, harmed, many, words, brand, customer, incident = row
    return Sighting(
        case_no=CaseNo(case_no),
        at=datetime.fromisoformat(at),
        product=product,
        batch=batch,
        store=store,
        category=Category(category),
        harmed=bool(harmed),
        many=bool(many),
        words=_words.decode(words),
        brand=brand,
        customer=UserId(customer),
        incident=None if incident is None else IncidentNo(incident),
    )


def incident_row(one: Incident) -> Row:
    """A row of `incidents`: no, state, opened_at, changed_at, closed_at, body."""
    return (
        one.no,
        one.state.value,
        stamp(one.opened_at),
        stamp_or_none(one.changed_at),
        stamp_or_none(one.closed_at),
        json_text(one),
    )


def incident_from(version: int, body: str) -> Incident:
    """The incident as it was written.

    Raises:
        RecordUnreadable: it is not what was written.
    """
    try:
        return _incident.decode(body).evolve(version=version)
    except (msgspec.DecodeError, ValueError) as error:
        raise RecordUnreadable(f"an incident: {error}") from error


def linked_row(one: Linked) -> Row:
    """A row of `incident_cases`: case_no, incident, at."""
    return (one.case_no, one.incident, stamp(one.at))
