"""Incidents, and sightings: what cases have in common."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from bot.complaint.ids import CaseNo
from bot.complaint.incidents import Incident, IncidentNo, Linked, Sighting
from bot.complaint.records import Round
from bot.store.incidents import (
    MOST_SEEN,
    incident_from,
    incident_row,
    linked_row,
    sighting_from,
    sighting_row,
)
from bot.store.postgres.bundle import Bundle, Part
from bot.store.postgres.cabinet import Cabinet
from bot.store.rows import stamp

SIGHTING: Final = Part("""
INSERT INTO sightings (case_no, at, product, batch, store, category, harmed, many, words, brand)
SELECT * FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::smallint[], $8::smallint[],
    $9::text[], $10::text[]
)
ON CONFLICT (case_no) DO UPDATE SET product = excluded.product, batch = excluded.batch, store = excluded.store,
    category = excluded.category, harmed = excluded.harmed, many = excluded.many, words = excluded.words,
    brand = excluded.brand
""")

NEW_INCIDENT: Final = Part(
    """
INSERT INTO incidents (no, state, opened_at, changed_at, closed_at, body, version)
SELECT *, 1 FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
ON CONFLICT (no) DO NOTHING RETURNING 1
""",
    sure="new incidents",
)

NEXT_INCIDENT: Final = Part(
    """
UPDATE incidents SET state = new.state, changed_at = new.changed_at, closed_at = new.closed_at,
    body = new.body, version = new.version + 1
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
    AS new (no, state, opened_at, changed_at, closed_at, body, version)
WHERE incidents.no = ANY ($1::bigint[]) AND incidents.no = new.no AND incidents.version = new.version
RETURNING 1
""",
    sure="incidents",
)

LINK: Final = Part("""
INSERT INTO incident_cases (case_no, incident, at)
SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[])
ON CONFLICT (case_no) DO UPDATE SET incident = excluded.incident, at = excluded.at
""")

UNLINK: Final = Part("""
DELETE FROM incident_cases USING unnest($1::text[], $2::bigint[]) AS off (case_no, incident)
WHERE incident_cases.case_no = ANY ($1::text[]) AND incident_cases.case_no = off.case_no
    AND incident_cases.incident = off.incident
""")


def _seen(where: str) -> str:
    """Sightings that this index finds, with whose case it is and which incident it is a part of."""
    return f"""
SELECT seen.case_no, seen.at, product, batch, store, category, harmed, many, words, brand, customer, incident
FROM (SELECT * FROM sightings WHERE {where} ORDER BY at DESC LIMIT $3) AS seen
    CROSS JOIN LATERAL (SELECT customer FROM cases WHERE cases.case_no = seen.case_no) AS theirs
    LEFT JOIN LATERAL (
        SELECT incident FROM incident_cases WHERE incident_cases.case_no = seen.case_no
    ) AS part ON true
"""  # noqa: S608 - words of our own


OF_BATCH: Final = _seen(where="batch = $1 AND batch <> '' AND at > $2 AND brand = $4")
OF_HARM: Final = _seen(where="batch = $1 AND batch <> '' AND harmed = 1 AND at > $2 AND brand = $4")
OF_STORE: Final = _seen(where="store = $1 AND store <> '' AND category = $5 AND at > $2 AND brand = $4")
OF_PRODUCT: Final = _seen(where="product = $1 AND product <> '' AND category = $5 AND at > $2 AND brand = $4")

LIVE: Final = """
SELECT version, body FROM incidents WHERE state IN ('proposed', 'later', 'declared')
UNION SELECT version, body FROM incidents WHERE state = 'dismissed' AND changed_at > $1
UNION SELECT version, body FROM incidents WHERE no = ANY ($2::bigint[])
"""

NAMED: Final = "SELECT version, body FROM incidents WHERE no = ANY ($1::bigint[])"

LAST: Final = "SELECT max(no) FROM incidents"

LINKED: Final = "SELECT case_no FROM incident_cases WHERE incident = $1 ORDER BY at, case_no"

PARTS_OF: Final = "SELECT case_no, incident FROM incident_cases WHERE case_no = ANY ($1::text[])"

BY_HOUR: Final = "SELECT substr(opened_at, 1, 13), count(*) FROM cases WHERE opened_at >= $1 GROUP BY 1"


def write_incidents(bundle: Bundle, round: Round) -> None:  # noqa: A002 - a round of the clerk is called a round
    """What cases have in common, incidents, and the cases that are a part of them."""
    seen = {one.case_no: sighting_row(one) for one in round.sightings}
    bundle.add(SIGHTING, [seen[no] for no in sorted(seen)])
    in_order = sorted(round.incidents, key=lambda one: one.no)
    bundle.add(NEW_INCIDENT, [incident_row(one) for one in in_order if not one.version])
    bundle.add(NEXT_INCIDENT, [(*incident_row(one), one.version) for one in in_order if one.version])
    last = {one.case_no: one for one in round.linked}
    bundle.add(LINK, [linked_row(last[no]) for no in sorted(last) if last[no].on])
    bundle.add(UNLINK, _unlinked([last[no] for no in sorted(last)]))


def _unlinked(links: Sequence[Linked]) -> list[tuple[object, ...]]:
    return [(one.case_no, one.incident) for one in links if not one.on]


class IncidentCabinet(Cabinet):
    """Incidents and sightings."""

    async def sightings(self, like: Sighting, *, since: datetime, harmed_since: datetime) -> list[Sighting]:
        """See `Incidents.sightings`."""
        found: list[tuple[object, ...]] = []
        if like.batch:
            found += await self._readers.fetch(OF_BATCH, like.batch, stamp(since), MOST_SEEN, like.brand)
            if like.harmed:
                asked = (like.batch, stamp(harmed_since), MOST_SEEN, like.brand)
                found += await self._readers.fetch(OF_HARM, *asked)
        for name, query in ((like.store, OF_STORE), (like.product, OF_PRODUCT)):
            if name:
                kind = (name, stamp(since), MOST_SEEN, like.brand, like.category.value)
                found += await self._readers.fetch(query, *kind)
        rows = {row[0]: row for row in found if row[0] != like.case_no}
        return sorted(map(sighting_from, rows.values()), key=lambda one: one.at, reverse=True)

    async def incidents(
        self, *, dismissed_since: datetime | None = None, numbers: Collection[IncidentNo] = ()
    ) -> list[Incident]:
        """See `Incidents.incidents`."""
        if dismissed_since is None:
            found = await self._readers.fetch(NAMED, list(numbers))
        else:
            found = await self._readers.fetch(LIVE, stamp(dismissed_since), list(numbers))
        return sorted((incident_from(*row) for row in found), key=lambda one: one.no)

    async def last_incident(self) -> int:
        """See `Incidents.last_incident`."""
        return (await self._readers.fetch(LAST))[0][0] or 0

    async def linked(self, incident: IncidentNo) -> list[CaseNo]:
        """See `Incidents.linked`."""
        return [CaseNo(row[0]) for row in await self._readers.fetch(LINKED, incident)]

    async def parts_of(self, cases: Collection[CaseNo]) -> dict[CaseNo, IncidentNo]:
        """See `Incidents.parts_of`."""
        found = await self._readers.fetch(PARTS_OF, list(cases))
        return {CaseNo(case_no): IncidentNo(number) for case_no, number in found}

    async def opened_by_hour(self, since: datetime) -> dict[datetime, int]:
        """See `Incidents.opened_by_hour`."""
        found = await self._readers.fetch(BY_HOUR, stamp(since))
        return {datetime.fromisoformat(f"{hour}:00:00+00:00"): count for hour, count in found}
