"""A row of the table, and the table."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.crash.findings import Fault, Findings
from tests.endurance.scene import Scene

HEADS = ("set-up", "fault", "kills or faults", "customer messages sent", "recorded", "replies lost",
         "doubled (of which marked)", "out of order", "other findings")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """What one fault did to one set-up."""

    setup: str
    fault: str
    times: int
    sent: int
    recorded: int
    lost: int
    doubled: int
    marked: int
    disordered: int
    wrong: tuple[str, ...]

    @property
    def others(self) -> int:
        """Findings that no column names."""
        named = self.sent - self.recorded + self.lost + self.doubled - self.marked + self.disordered
        return max(0, len(self.wrong) - named)

    def cells(self) -> tuple[str, ...]:
        """As it stands in the table."""
        doubled = f"{self.doubled} ({self.marked})"
        figures = (self.times, self.sent, self.recorded, self.lost, doubled, self.disordered, self.others)
        return (self.setup, self.fault, *map(str, figures))


def row_of(scene: Scene, fault: str, found: Findings) -> Row:
    """Count what was found."""
    marked = found.figures["doubled and marked"]
    return Row(
        setup=scene.setup.name,
        fault=fault,
        times=scene.inflicted,
        sent=scene.people.words,
        recorded=found.figures["words recorded"],
        lost=found.faults[Fault.REPLY_LOST],
        doubled=found.faults[Fault.DOUBLED] + marked,
        marked=marked,
        disordered=found.faults[Fault.DISORDER],
        wrong=(*found.wrong, *scene.report.faults),
    )


def table(rows: Sequence[Row]) -> str:
    """Markdown, with a line for each set-up and one for all together."""
    setups = list(dict.fromkeys(row.setup for row in rows))
    sums = [_summed(name, [row for row in rows if row.setup == name]) for name in setups]
    everything = [*rows, *sums, _summed("together", rows)]
    cells = [HEADS, ("---",) * len(HEADS), *(row.cells() for row in everything)]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def _summed(name: str, rows: Sequence[Row]) -> Row:
    return Row(
        setup=name,
        fault=f"all, with {sum(row.times for row in rows if 'killed' in row.fault)} kills",
        times=sum(row.times for row in rows),
        sent=sum(row.sent for row in rows),
        recorded=sum(row.recorded for row in rows),
        lost=sum(row.lost for row in rows),
        doubled=sum(row.doubled for row in rows),
        marked=sum(row.marked for row in rows),
        disordered=sum(row.disordered for row in rows),
        wrong=tuple(finding for row in rows for finding in row.wrong),
    )
