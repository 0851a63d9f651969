"""Products and batches above their limit of complaints in a million shipped (S67, S68)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from bot.complaint.ids import CaseNo
from bot.complaint.incidents import Crossed
from bot.insight.facts import CaseFacts
from bot.insight.frame import Period
from bot.insight.ppm import crossings, ppm
from bot.insight.volumes import Shipment

MOST_CASES: Final = 400
SAID: Final = 3
BATCH: Final = 2
"""A figure of a batch names its product and the batch."""


def above(
    facts: Sequence[CaseFacts], shipped: Sequence[Shipment], limits: Mapping[str, float], period: Period
) -> list[Crossed]:
    """Everything above its limit in this period, upheld or not: batches before products."""
    rows = {one.no: one for one in facts}
    found = crossings(facts, ppm(facts, shipped, period, upheld=False), limits, period)
    told = [
        Crossed(
            product=one.ppm.of[0],
            batch=one.ppm.of[1] if len(one.ppm.of) == BATCH else "",
            ppm=round(one.ppm.exact or 0.0, 1),
            limit=one.limit,
            units=one.ppm.n,
            days=(period.until - period.first).days,
            count=len(one.cases),
            cases=_newest(one.cases, rows),
            said=_said([rows[no] for no in one.cases]),
        )
        for one in found
    ]
    return sorted(told, key=lambda one: (not one.batch, one.place))


def _newest(cases: Sequence[CaseNo], rows: Mapping[CaseNo, CaseFacts]) -> tuple[CaseNo, ...]:
    return tuple(sorted(cases, key=lambda no: rows[no].opened_at, reverse=True)[:MOST_CASES])


def _said(facts: Sequence[CaseFacts]) -> tuple[tuple[str, int], ...]:
    """The troubles named most often."""
    named = Counter(word for one in facts for word in set(one.issue.split("+")) if word)
    return tuple(sorted(named.items(), key=lambda row: (-row[1], row[0]))[:SAID])
