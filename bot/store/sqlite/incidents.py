"""Incidents, and sightings: what cases have in common."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from bot.complaint.ids import CaseNo
from bot.complaint.incidents import Incident, IncidentNo, Sighting
from bot.complaint.records import Round
from bot.store.incidents import (
    MOST_SEEN,
    incident_from,
    incident_row,
    linked_row,
    sighting_from,
    sighting_row,
)
from bot.store.rows import Row, stamp
from bot.store.sqlite.cabinet import Cabinet

SIGHTING: Final = """
INSERT INTO sightings (case_no, at, product, batch, store, category, harmed, many, words, brand)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (case_no) DO UPDATE SET product = excluded.product, batch = excluded.batch, store = excluded.store,
    category = excluded.category, harmed = excluded.harmed, many = excluded.many, words = excluded.words,
    brand = excluded.brand
"""

NEW_INCIDENT: Final = """
INSERT INTO incidents (no, state, opened_at, changed_at, closed_at, body, version) VALUES (?, ?, ?, ?, ?, ?, 1)
ON CONFLICT (no) DO NOTHING
"""

NEXT_INCIDENT: Final = """
UPDATE incidents SET state = ?2, changed_at = ?4, closed_at = ?5, body = ?6, version = ?7 + 1
WHERE no = ?1 AND version = ?7
"""

LINK: Final = """
INSERT INTO incident_cases (case_no, incident, at) VALUES (?, ?, ?)
ON CONFLICT (case_no) DO UPDATE SET incident = excluded.incident, at = excluded.at
"""

UNLINK: Final = "DELETE FROM incident_cases WHERE case_no = ? AND incident = ?"


def _seen(index: str, where: str) -> str:
    """Sightings that this index finds, with whose case it is and which incident it is a part of."""
    return f"""
SELECT sightings.case_no, sightings.at, product, batch, store, category, harmed, many, words,
    brand, customer, incident_cases.incident
FROM sightings INDEXED BY {index} CROSS JOIN cases ON cases.case_no = sightings.case_no
    LEFT JOIN incident_cases ON incident_cases.case_no = sightings.case_no
WHERE {where} AND brand = :brand AND sightings.case_no <> :no
ORDER BY sightings.at DESC LIMIT :most
"""  # noqa: S608 - words of our own


OF_BATCH: Final = _seen(
    index="sightings_of_batch", where="batch = :batch AND batch <> '' AND sightings.at > :since"
)
OF_HARM: Final = _seen(
    index="sightings_of_harm",
    where="batch = :batch AND batch <> '' AND harmed = 1 AND sightings.at > :harmed_since",
)
OF_STORE: Final = _seen(
    index="sightings_of_store",
    where="store = :store AND store <> '' AND category = :category AND sightings.at > :since",
)
OF_PRODUCT: Final = _seen(
    index="sightings_of_product",
    where="product = :product AND product <> '' AND category = :category AND sightings.at > :since",
)

LIVE: Final = """
SELECT version, body FROM incidents INDEXED BY incidents_live WHERE state IN ('proposed', 'later', 'declared')
UNION SELECT version, body FROM incidents INDEXED BY incidents_dismissed
    WHERE state = 'dismissed' AND changed_at > :since
UNION SELECT version, body FROM incidents WHERE no IN (SELECT value FROM json_each(:numbers))
"""

NAMED: Final = "SELECT version, body FROM incidents WHERE no IN (SELECT value FROM json_each(:numbers))"

LAST: Final = "SELECT max(no) FROM incidents"

LINKED: Final = "SELECT case_no FROM incident_cases WHERE incident = ? ORDER BY at, case_no"

PARTS_OF: Final = """
SELECT case_no, incident FROM incident_cases WHERE case_no IN (SELECT value FROM json_each(?))
"""

BY_HOUR: Final = """
SELECT substr(opened_at, 1, 13), count(*) FROM cases WHERE opened_at >= ? GROUP BY 1
"""


def changes(round: Round) -> Iterator[tuple[str, list[Row], str]]:  # noqa: A002 - a round of the clerk
    """The statements of a round about incidents, with their rows and expected counts."""
    yield SIGHTING, [sighting_row(one) for one in round.sightings], ""
    yield NEW_INCIDENT, [incident_row(one) for one in round.incidents if not one.version], "new incidents"
    known = [(*incident_row(one), one.version) for one in round.incidents if one.version]
    yield NEXT_INCIDENT, known, "incidents"
    last = {one.case_no: one for one in round.linked}.values()
    yield LINK, [linked_row(one) for one in last if one.on], ""
    yield UNLINK, [(one.case_no, one.incident) for one in last if not one.on], ""


class IncidentCabinet(Cabinet):
    """Incidents and sightings."""

    async def sightings(self, like: Sighting, *, since: datetime, harmed_since: datetime) -> list[Sighting]:
        """See `Incidents.sightings`."""
        asked = {
            "no": like.case_no,
            "batch": like.batch,
            "store": like.store,
            "product": like.product,
            "category": like.category.value,
            "brand": like.brand,
            "since": stamp(since),
            "harmed_since": stamp(harmed_since),
            "most": MOST_SEEN,
        }
        queries = [OF_BATCH] if like.batch else []
        queries += [OF_HARM] if like.batch and like.harmed else []
        queries += [OF_STORE] if like.store else []
        queries += [OF_PRODUCT] if like.product else []

        def work(connection: sqlite3.Connection) -> list[Row]:
            return [row for query in queries for row in connection.execute(query, asked)]

        found = {row[0]: row for row in await self._reader.run(work)}
        return sorted(map(sighting_from, found.values()), key=lambda one: one.at, reverse=True)

    async def incidents(
        self, *, dismissed_since: datetime | None = None, numbers: Collection[IncidentNo] = ()
    ) -> list[Incident]:
        """See `Incidents.incidents`."""
        asked = {"numbers": json.dumps(list(numbers))}
        if dismissed_since is None:
            found = await self._read(NAMED, asked)
        else:
            found = await self._read(LIVE, {**asked, "since": stamp(dismissed_since)})
        return sorted((incident_from(*row) for row in found), key=lambda one: one.no)

    async def last_incident(self) -> int:
        """See `Incidents.last_incident`."""
        return (await self._read(LAST))[0][0] or 0

    async def linked(self, incident: IncidentNo) -> list[CaseNo]:
        """See `Incidents.linked`."""
        return [CaseNo(row[0]) for row in await self._read(LINKED, (incident,))]

    async def parts_of(self, cases: Collection[CaseNo]) -> dict[CaseNo, IncidentNo]:
        """See `Incidents.parts_of`."""
        found = await self._read(PARTS_OF, (json.dumps(list(cases)),))
        return {CaseNo(case_no): IncidentNo(number) for case_no, number in found}

    async def opened_by_hour(self, since: datetime) -> dict[datetime, int]:
        """See `Incidents.opened_by_hour`."""
        found = await self._read(BY_HOUR, (stamp(since),))
        return {datetime.fromisoformat(f"{hour}:00:00+00:00"): count for hour, count in found}
