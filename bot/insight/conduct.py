"""Quality of the bot's own conduct (domain (g), "bot quality")."""

from collections.abc import Sequence

from bot.complaint.axes import Severity
from bot.insight.facts import CaseFacts
from bot.insight.frame import Figure, Period, Unit, count, opened_in, ratio

Facts = Sequence[CaseFacts]


def bot_quality(facts: Facts, period: Period) -> tuple[Figure, ...]:
    """Of cases opened in the period: unanswered turns, repeated questions, tone findings.

    `sev1_missed` counts cases that people made SEV1 where the machine had read less, of all SEV1 cases. What it
    misses of the labelled danger set belongs to no period: that there is nothing of it is held by the tests.
    """
    opened = opened_in(facts, period)
    linted = [one.lint_hits for one in opened if one.lint_hits is not None]
    sev1 = [one for one in opened if one.severity is Severity.SEV1]
    hits = sum(linted) if linted else None
    return (
        Figure(name="lint_hits", exact=hits, n=len(linted), unit=Unit.COUNT),
        count("unanswered_turns", sum(one.unanswered for one in opened), n=sum(one.turns for one in opened)),
        ratio(
            "repeat_question", sum(one.asked_again for one in opened), sum(one.questions for one in opened)
        ),
        ratio("sev1_missed", sum(one.danger_missed for one in sev1), len(sev1)),
    )
