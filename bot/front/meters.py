"""Prometheus metrics: counters kept here, and figures counted when they are asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

SHARES: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30)
REPLIES: Final = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900)


disable_created_metrics()  # type: ignore[no-untyped-call]  # when a counter began doubles every line


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A metric with a value for each set of labels."""

    name: str
    meaning: str
    rows: Sequence[tuple[Mapping[str, str], float]]


class _Sheet:
    """The figures counted at the moment of asking."""

    def __init__(self, kept: CollectorRegistry, families: Iterable[Family]) -> None:
        self._kept = kept
        self._families = families

    def collect(self) -> Iterator[Metric]:
        """Everything, one figure after another."""
        yield from self._kept.collect()
        for one in self._families:
            labels = tuple(one.rows[0][0]) if one.rows else ()
            figure = GaugeMetricFamily(one.name, one.meaning, labels=labels)
            for named, value in one.rows:
                figure.add_metric([named[label] for label in labels], value)
            yield figure


class Meters:
    """The metrics of one bot. No label holds anything about a customer."""

    def __init__(self) -> None:
        self._kept = CollectorRegistry(auto_describe=False)
        self._updates = self._counter("updates", "Updates kept for the first time", "kind")
        self._calls = self._counter("calls", "Calls of the Bot API", "method", "outcome")
        self._slowed = self._counter("too_many_requests", "Calls answered by 429", "method")
        self._letters = self._counter("letters", "Letters handed to the Bot API", "kind", "outcome")
        self._missed = self._counter("promises_missed", "Promises that became late or were broken")
        self._share = Histogram(
            "complaint_bot_own_share_seconds",
            "From an arrival to the moment its answer is handed to the Bot API",
            buckets=SHARES,
            registry=self._kept,
        )
        self._first = Histogram(
            "complaint_bot_first_reply_seconds",
            "From an arrival to the moment the Bot API took what is said to it at once",
            buckets=REPLIES,
            registry=self._kept,
        )

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"complaint_bot_{name}", meaning, labels, registry=self._kept)

    def came(self, kind: str, count: int) -> None:
        """Count new updates of this kind."""
        self._updates.labels(kind).inc(count)

    def called(self, method: str, outcome: str) -> None:
        """Count a finished call of the Bot API."""
        self._calls.labels(method, outcome).inc()
        if outcome == "flood":
            self._slowed.labels(method).inc()

    def sent(self, kind: str, outcome: str) -> None:
        """Count a letter and its outcome."""
        self._letters.labels(kind, outcome).inc()

    def shared(self, seconds: float) -> None:
        """Record our own share of the time to an answer."""
        self._share.observe(seconds)

    def answered(self, seconds: float) -> None:
        """Record the time to a first answer."""
        self._first.observe(seconds)

    def missed(self, count: int) -> None:
        """Count missed promises."""
        self._missed.inc(count)

    def exposition(self, families: Iterable[Family]) -> bytes:
        """Everything, in Prometheus' text format."""
        return generate_latest(_Sheet(self._kept, families))
