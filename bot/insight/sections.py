"""The sections of a report, in their order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.insight.comebacks import came_back
from bot.insight.facts import Duty, Milestone
from bot.insight.figures import Report
from bot.insight.frame import Figure, Unit
from bot.insight.money import WITH, WITHOUT
from bot.insight.overview import KINDS, Span
from bot.insight.pareto import Bar, By
from bot.insight.told import Cell, Change, Index, Name, Part, Section, Table, Told, indexed

SPANS: Final = (
    "first_reply_bot",
    "first_reply_human",
    "hand_off_wait",
    "hand_off_wait_worked",
    "resolution_told",
    "resolution_fulfilled",
    "resolution_awaited",
    "resolution_told_ours",
    "resolution_fulfilled_ours",
)
KEY_TABLE: Final = "overview"
KEY: Final = (
    "opened",
    "closed",
    "open_at_end",
    "first_reply_bot_median",
    "first_reply_human_median",
    "resolution_told_median",
    "promise_kept",
    "first_contact_resolution",
    "reopened",
    "csat_handling",
    "csat_outcome",
    "remedy_cost_per_case",
)
"""The figures shown first."""
BETTER_MORE: Final = frozenset(
    {
        "promise_kept",
        "first_contact_resolution",
        "csat_handling",
        "csat_outcome",
        "buys_again",
        "nps",
        "ces",
        "sample_score",
        "transfer_success",
    }
)
BETTER_LESS: Final = frozenset(
    {
        "open_at_end",
        "first_reply_bot_median",
        "first_reply_human_median",
        "hand_off_wait_median",
        "resolution_told_median",
        "resolution_fulfilled_median",
        "promises_late",
        "promises_broken",
        "reopened",
        "repeat",
        "transfer_said_again",
        "unanswered_turns",
        "repeat_question",
    }
)
"""What is good news when it grows, and what when it shrinks; of all else a figure alone does not tell."""
FATES: Final = ("promise_kept", "promises_late", "promises_renegotiated", "promises_broken")
HANDING_OVER: Final = ("transfer_success", "transfer_said_again", "first_contact_resolution", "escalation")
ENDS: Final = ("upheld", "overturned", "reopened", "repeat", "deadlock", "external")
MONEY: Final = ("remedy_cost", "remedy_cost_per_case", "remedy_cost_of_price")
USERS: Final = ("complainants_per_ten_thousand", "complaints_per_million")
OPINIONS: Final = (
    *("csat_handling", "csat_handling_response", "csat_outcome", "csat_outcome_response"),
    *("buys_again", "nps", "ces"),
)
COHORT: Final = ("cohort", "buys_again", "nps", "ces")
ESTIMATES: Final = (
    "iceberg",
    "word_of_mouth_good_least",
    "word_of_mouth_good_most",
    "word_of_mouth_bad",
)
CONDUCT: Final = ("unanswered_turns", "repeat_question", "sev1_missed", "lint_hits", "sample_score")
CARD: Final = (
    "agent_cases",
    "agent_steps_done",
    "agent_promise_kept",
    "agent_reopened",
    "agent_lint_hits",
    "agent_sample",
    "agent_csat",
    "agent_nps",
    "agent_ces",
)


def sections(told: Told) -> tuple[Section, ...]:
    """All sections in order, without empty ones."""
    now, before = told.figures(), told.figures_before()
    whole = (
        Section(key="overview", tables=(_beside(KEY_TABLE, KEY, now, before), _course(told.course))),
        Section(key="volume", tables=tuple(_volume(now, before))),
        Section(
            key="times", tables=(_times(now, before), _beside("handing_over", HANDING_OVER, now, before))
        ),
        Section(key="promises", tables=(_beside("promises", FATES, now, before), _attainment(now))),
        Section(
            key="outcomes",
            tables=(_beside("ends", ENDS, now, before), _of("upheld", "category", now, before)),
        ),
        Section(key="remedies", tables=tuple(_remedies(now, before))),
        Section(key="consistency", tables=tuple(_consistency(now, before))),
        Section(key="ppm", tables=(_ppm(told, now), came_back(now), _beside("users", USERS, now, before))),
        Section(key="cohorts", tables=(_cohorts(now),)),
        Section(key="satisfaction", tables=(_beside("opinions", OPINIONS, now, before),)),
        Section(key="pareto", tables=tuple(_paretos(told.report.paretos))),
        Section(key="estimates", tables=(_beside("estimates", ESTIMATES, now, before),)),
        Section(key="conduct", tables=(_beside("conduct", CONDUCT, now, before),)),
        Section(key="agents", tables=tuple(_agents(told.report))),
    )
    kept = (Section(key=one.key, tables=tuple(filter(_tells, one.tables))) for one in whole)
    return tuple(one for one in kept if one.tables)


def _tells(table: Table) -> bool:
    """Whether a section holds more than zeros."""
    figures = [cell for row in table.rows for cell in row if isinstance(cell, Figure)]
    return bool(table.rows) and (not figures or table.key == KEY_TABLE or any(one.n for one in figures))


def _beside(key: str, names: Sequence[str], now: Index, before: Index) -> Table:
    """Figures, each with that of the period before."""
    found = [now[name, ()] for name in names if (name, ()) in now]
    return Table(
        key=key,
        columns=("figure", "value", "before", "change"),
        rows=tuple(_row(Name(group="figure", key=one.name), one, before) for one in found),
    )


def _row(name: Cell, one: Figure, before: Index) -> tuple[Cell, ...]:
    other = before.get((one.name, one.of))
    return (name, one, other, Change(now=one, before=other))


def _of(name: str, group: str, now: Index, before: Index, key: str = "") -> Table:
    """A figure by its parts."""
    found = [one for (what, of), one in now.items() if what == name and len(of) == 1]
    if group != "severity":
        found.sort(key=lambda one: -(one.exact or 0))
    return Table(
        key=key or f"{name}_by_{group}",
        columns=(group, "value", "before", "change"),
        rows=tuple(_row(Name(group=group, key=one.of[0]), one, before) for one in found),
    )


def _course(spans: Sequence[Span]) -> Table:
    return Table(
        key="course",
        columns=("from_day", "opened", "closed"),
        rows=tuple((one.first.isoformat(), one.opened, one.closed) for one in spans),
    )


def _volume(now: Index, before: Index) -> Iterator[Table]:
    for kind in KINDS:
        yield _of(f"opened_by_{kind}", kind, now, before, key=f"opened_by_{kind}")


def _times(now: Index, before: Index) -> Table:
    rows = []
    for name in SPANS:
        half, late = now.get((f"{name}_median", ())), now.get((f"{name}_p90", ()))
        if half is not None and late is not None:
            other = before.get((f"{name}_median", ()))
            rows.append((Name(group="span", key=name), half, late, other, Change(now=half, before=other)))
    return Table(
        key="times", columns=("figure", "median", "p90", "median_before", "change"), rows=tuple(rows)
    )


def _attainment(now: Index) -> Table:
    """Milestones met, severity by severity."""
    kinds = [one for one in Milestone if any(k[0] == "sla" and k[1][1] == one.value for k in now)]
    rows = [
        (Name(group="severity", key=severity), *(now.get(("sla", (severity, one.value))) for one in kinds))
        for severity in sorted({of[0] for name, of in now if name == "sla"})
    ]
    columns = ("severity", *(f"milestone.{one.value}" for one in kinds))
    return Table(key="attainment", columns=columns, rows=tuple(rows))


def _remedies(now: Index, before: Index) -> Iterator[Table]:
    yield _beside("remedies", MONEY, now, before)
    yield _of("remedy_cost_by_level", "level", now, before, key="remedy_cost_by_level")
    yield _of("remedy_cost_by_kind", "remedy", now, before, key="remedy_cost_by_kind")


def _consistency(now: Index, before: Index) -> Iterator[Table]:
    yield _beside("consistency", ("threat_difference",), now, before)
    shares = {of: one for (name, of), one in now.items() if name == "remedy_share"}
    cells = sorted({of[:2] for of, one in shares.items() if of[2] == WITH and one.value is not None})
    yield Table(
        key="consistency_cells",
        columns=("category", "severity", "share_with", "share_without", "spread_with", "spread_without"),
        rows=tuple(
            (
                Name(group="category", key=of[0]),
                Name(group="severity", key=of[1]),
                *(
                    now.get((what, (*of, side)))
                    for what in ("remedy_share", "remedy_spread")
                    for side in (WITH, WITHOUT)
                ),
            )
            for of in cells
        ),
    )


def _ppm(told: Told, now: Index) -> Table:
    """Products and batches against what was shipped of them."""
    above = {one.ppm.of for one in told.crossings}
    places = [of for name, of in now if name == "ppm_all" and (of or told.shipped)]
    return Table(
        key="ppm",
        columns=("product", "batch", "shipped", "ppm_upheld", "ppm_all", "limit", "above_limit"),
        rows=tuple(
            (
                Name(group="product", key=of[0]) if of else Name(group="all", key="all"),
                of[1] if len(of) > 1 else "",
                told.shipped.get(of, 0),
                now.get(("ppm_upheld", of)),
                now.get(("ppm_all", of)),
                told.limits.get(of[0]) if of else None,
                of in above,
            )
            for of in places
            if told.shipped
        ),
    )


def _cohorts(now: Index) -> Table:
    groups = [of for name, of in now if name == "cohort"]
    return Table(
        key="cohorts",
        columns=("cohort", "cases", *(f"figure.{one}" for one in COHORT[1:])),
        rows=tuple(
            (Name(group="cohort", key=of[0]), *(now.get((name, of)) for name in COHORT)) for of in groups
        ),
    )


def _paretos(paretos: Mapping[tuple[By, str], Sequence[Bar]]) -> Iterator[Table]:
    for (by, weight), bars in paretos.items():
        yield Table(
            key=f"pareto_{by.value}_{weight}",
            columns=(by.value, "cases", "cost", "cumulative", "vital"),
            rows=tuple(
                (
                    Name(group=by.value, key=bar.name),
                    bar.cases,
                    Figure(name="remedy_cost", exact=bar.cents, n=bar.cases, unit=Unit.CENTS),
                    Part(share=bar.cumulative),
                    bar.vital,
                )
                for bar in bars
            ),
        )


def _agents(report: Report) -> Iterator[Table]:
    cards = [(card.agent, indexed(card.figures)) for card in report.cards]
    yield Table(
        key="agents",
        columns=("agent", *(f"figure.{one}" for one in CARD)),
        rows=tuple(
            (Name(group="agent", key=str(agent)), *(found.get((name, ())) for name in CARD))
            for agent, found in cards
        ),
    )
    yield Table(
        key="agents_steps",
        columns=("agent", *(f"duty.{one.value}" for one in Duty)),
        rows=tuple(
            (Name(group="agent", key=str(agent)), *(found.get(("agent_step", (one.value,))) for one in Duty))
            for agent, found in cards
        ),
    )
