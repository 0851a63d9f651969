"""How bad, and whose: the severity table of the trade."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.case import Case, Facts, Queue, Severity
from bot.complaint.reading import Category, Emotion, Family, Intent, Reading, RemedyKind
from bot.policy.grounds import GRAVE_CATEGORIES, GRAVE_QUEUES
from bot.policy.triage import PRECEDENCE, TABLE, UP_A_STEP, Circumstances, triage
from tests.policy.matters import MANNERS, a_case, a_reading

F, C = Family, Category
FRESH = a_case(category=Category.NONE, order=None)

ROWS: list[tuple[str, Reading, int, str, str]] = [
    ("hurt", a_reading(F.INJURY), 1, "safety", "injury"),
    ("medical costs asked", a_reading(asks=RemedyKind.MEDICAL), 1, "safety", "injury"),
    ("self-harm", a_reading(F.SELF_HARM), 1, "safety", "self_harm"),
    ("smoke, nobody hurt", a_reading(category=C.QUALITY, hazard=True), 1, "safety", "hazard"),
    (
        "something swallowed",
        a_reading(category=C.FOOD_SAFETY, foreign_object=True, intents=frozenset({Intent.SAYS_EATEN})),
        1,
        "safety",
        "swallowed",
    ),
    ("a child, spoiled food", a_reading(F.VULNERABLE, category=C.FOOD_SAFETY), 1, "safety", "vulnerable"),
    ("many, by food", a_reading(F.MASS, category=C.FOOD_SAFETY), 1, "safety", "mass"),
    ("extortion", a_reading(F.EXTORTION), 2, "legal", "extortion"),
    ("a lawyer", a_reading(F.LEGAL), 2, "legal", "legal"),
    ("12315", a_reading(F.REGULATOR), 2, "legal", "regulator"),
    ("data leaked", a_reading(F.PRIVACY), 2, "legal", "privacy"),
    ("a journalist", a_reading(F.MEDIA, intents=frozenset({Intent.IS_PRESS})), 2, "media_pr", "press"),
    ("going to the papers", a_reading(F.MEDIA), 2, "media_pr", "media"),
    ("an influencer", a_reading(F.INFLUENCER), 2, "media_pr", "media"),
    ("counterfeit", a_reading(F.COUNTERFEIT), 2, "legal", "counterfeit"),
    ("many, no food", a_reading(F.MASS, category=C.QUALITY), 2, "quality", "mass"),
    ("foreign object", a_reading(foreign_object=True), 2, "quality", "foreign_object"),
    ("spoiled, not eaten", a_reading(category=C.FOOD_SAFETY), 2, "quality", "spoiled"),
    ("our broken promise", a_reading(F.BROKEN_PROMISE), 2, "general", "broken_promise"),
    ("extreme anger", a_reading(emotion=Emotion.EXTREME), 2, "general", "extreme_anger"),
    ("ten times the price", a_reading(asks=RemedyKind.MULTIPLE, category=C.QUALITY), 3, "legal", "statutory"),
    ("a defect", a_reading(category=C.QUALITY, is_complaint=True), 3, "general", ""),
    ("rude staff", a_reading(category=C.SERVICE, is_complaint=True), 3, "general", ""),
    ("wants a person", a_reading(F.HUMAN), 4, "general", "wants_person"),
    ("abuse alone", a_reading(F.ABUSE), 4, "general", ""),
    ("a suggestion", a_reading(category=C.SUGGESTION), 4, "suggestion", ""),
    ("a greeting", a_reading(), 4, "general", ""),
]


def test_every_danger_sign_weighs_something() -> None:
    """But that they will never buy again: a new family without a row would be read and then forgotten."""
    weighed = {family for row in TABLE for family in row.families} | set(UP_A_STEP)
    assert set(Family) - weighed == {Family.CHURN}


@pytest.mark.practice("R6", "R27", "S54")
@pytest.mark.parametrize(
    ("reading", "severity", "queue", "reason"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_every_sign_leads_to_the_trades_severity_and_queue(
    reading: Reading, severity: int, queue: str, reason: str
) -> None:
    """Every sign leads to the trade's own severity and queue, and names its reason for people."""
    found = triage(reading, FRESH)
    assert (found.severity, found.queue, found.reason) == (severity, queue, reason)
    assert found.people_now is bool(reason)


@pytest.mark.parametrize(
    ("family", "category", "expected"),
    [
        (F.URGENCY, C.QUALITY, 2),
        (F.VULNERABLE, C.QUALITY, 2),
        (F.URGENCY, C.SUGGESTION, 3),
        (F.URGENCY, C.FOOD_SAFETY, 2),
    ],
)
def test_urgency_and_frailty_raise_one_step(family: Family, category: Category, expected: int) -> None:
    """E8 and E12 weigh one step more; SEV1 stays for danger, however urgent the words."""
    assert triage(a_reading(family, category=category, is_complaint=True), FRESH).severity == expected


def test_urgency_raises_once_however_often_it_is_said() -> None:
    """Ten times "urgent" weighs what one does."""
    reading = a_reading(F.URGENCY, category=C.SUGGESTION)
    once = FRESH.evolve(severity=triage(reading, FRESH).severity)
    assert triage(reading, once).severity == once.severity


@pytest.mark.practice("R45")
def test_a_lawful_step_is_a_right() -> None:
    """A regulator, a court or an honest review never locks evidence as extortion does."""
    for family in (F.REGULATOR, F.LEGAL, F.SOCIAL):
        assert not triage(a_reading(family), FRESH).hold_evidence
    assert triage(a_reading(F.EXTORTION), FRESH).hold_evidence


@pytest.mark.practice("S32", "R44")
def test_evidence_once_locked_stays_locked() -> None:
    """A calm word later does not open the lock."""
    assert triage(a_reading(), FRESH.evolve(evidence_hold=True)).hold_evidence


@pytest.mark.practice("S70")
def test_social_exposure_is_only_watched() -> None:
    """Who will post about it is served by the same queue at the same severity; the press desk watches."""
    plain = triage(a_reading(category=C.QUALITY, is_complaint=True), FRESH)
    posted = triage(a_reading(F.SOCIAL, category=C.QUALITY, is_complaint=True), FRESH)
    assert (posted.severity, posted.queue, posted.people_now) == (plain.severity, plain.queue, False)
    assert posted.watchers == (Queue.MEDIA_PR,)


def test_the_highest_queue_takes_it_and_the_others_watch() -> None:
    """An injury with a lawyer and a journalist goes to safety; legal and press watch."""
    found = triage(a_reading(F.INJURY, F.LEGAL, F.MEDIA), FRESH)
    assert found.queue is Queue.SAFETY
    assert found.watchers == (Queue.LEGAL, Queue.MEDIA_PR)
    assert found.reasons == ("injury", "legal", "media")


@pytest.mark.practice("R25", "R26", "R32")
@pytest.mark.parametrize(
    ("circumstances", "reading", "reason"),
    [
        (Circumstances(misses=2), a_reading(), "not_understood"),
        (Circumstances(identity_data=True), a_reading(), "identity_data"),
        (Circumstances(returns_today=3), a_reading(emotion=Emotion.DISAPPOINTED), "returns_often"),
        (Circumstances(promise_missed=True), a_reading(), "broken_promise"),
        (Circumstances(same_batch=3), a_reading(category=C.QUALITY), "mass"),
    ],
)
def test_what_the_house_knows_calls_people_too(
    circumstances: Circumstances, reading: Reading, reason: str
) -> None:
    """Not understood twice, secrets in the text, a third visit, a missed promise, a bad batch."""
    found = triage(reading, FRESH, circumstances)
    assert found.people_now
    assert found.reason == reason


@pytest.mark.practice("S8")
def test_a_late_yes_to_the_safety_question_is_sev1() -> None:
    """What was found in the food is on the case already; "I swallowed some" comes two messages later."""
    case = a_case(category=C.FOOD_SAFETY, facts=Facts(foreign_object=True, eaten=True))
    assert triage(a_reading(), case).reason == "swallowed"


def test_the_second_reopening_is_grave() -> None:
    """Once may happen; twice goes to people at SEV2."""
    assert triage(a_reading(), FRESH.evolve(reopened=1)).severity is Severity.SEV4
    assert triage(a_reading(), FRESH.evolve(reopened=2)).severity is Severity.SEV2


def test_a_single_weak_sign_does_not_count() -> None:
    """One weak cue is no injury; a second makes it one."""
    assert triage(a_reading(F.INJURY, weak=True), FRESH).severity is Severity.SEV4
    assert triage(a_reading(F.INJURY, F.INJURY, weak=True), FRESH).severity is Severity.SEV1


def test_the_agent_sees_the_words_that_raised_it() -> None:
    """`why` quotes the customer."""
    assert triage(a_reading(F.INJURY, F.ABUSE), FRESH).why == "cue of injury"


def test_a_suggestion_that_turns_into_a_complaint_leaves_the_suggestion_queue() -> None:
    """And a thank-you afterwards does not bring a complaint back into it."""
    case = a_case(category=C.SUGGESTION, queue=Queue.SUGGESTION)
    assert triage(a_reading(), case).queue is Queue.SUGGESTION
    assert triage(a_reading(category=C.QUALITY, is_complaint=True), case).queue is Queue.GENERAL
    assert triage(a_reading(category=C.SUGGESTION), a_case()).queue is Queue.SUGGESTION


def test_the_table_stands_worst_first() -> None:
    """The first row that applies is the reason that is told, so rows are sorted by severity."""
    weights = [row.severity or 9 for row in TABLE]
    assert weights == sorted(weights)


readings = st.builds(
    lambda families, weak, **more: a_reading(*families, weak=weak, **more),
    families=st.lists(st.sampled_from(list(Family)), max_size=4),
    weak=st.booleans(),
    category=st.sampled_from(list(Category)),
    emotion=st.sampled_from(list(Emotion)),
    hazard=st.booleans(),
    foreign_object=st.booleans(),
    is_complaint=st.booleans(),
)
cases = st.builds(
    a_case,
    severity=st.sampled_from(list(Severity)),
    queue=st.sampled_from(list(Queue)),
    category=st.sampled_from(list(Category)),
    reopened=st.integers(0, 3),
)


@pytest.mark.practice("S54")
@given(readings=st.lists(readings, max_size=5), case=cases)
def test_severity_never_falls_by_itself(readings: list[Reading], case: Case) -> None:
    """Through any conversation the severity only rises, and a grave queue is never left."""
    for reading in readings:
        found = triage(reading, case)
        assert found.severity <= case.severity
        if case.queue not in (Queue.GENERAL, Queue.SUGGESTION):
            assert PRECEDENCE.index(found.queue) <= PRECEDENCE.index(case.queue)
        case = case.evolve(severity=found.severity, queue=found.queue)


@pytest.mark.practice("S9")
@given(
    families=st.lists(st.sampled_from(MANNERS), max_size=5),
    category=st.sampled_from([one for one in Category if one not in GRAVE_CATEGORIES]),
    emotion=st.sampled_from(list(Emotion)),
)
def test_no_way_of_speaking_up_leads_where_only_facts_lead(
    families: list[Family], category: Category, emotion: Emotion
) -> None:
    """However loud, words alone reach neither SEV1 nor the queues that take a remedy out of the bot's hands."""
    found = triage(a_reading(*families, category=category, emotion=emotion, is_complaint=True), FRESH)
    assert found.severity is not Severity.SEV1
    assert found.queue not in GRAVE_QUEUES


@given(reading=readings, case=cases)
def test_abuse_never_lowers_anything(reading: Reading, case: Case) -> None:
    """The same words with insults are no less grave, no later, and nobody else's."""
    with_abuse = Reading(
        language=reading.language,
        risks=(*reading.risks, *a_reading(F.ABUSE).risks),
        category=reading.category,
        emotion=reading.emotion,
        hazard=reading.hazard,
        foreign_object=reading.foreign_object,
        is_complaint=reading.is_complaint,
    )
    calm, rude = triage(reading, case), triage(with_abuse, case)
    assert (rude.severity, rude.queue, rude.reasons) == (calm.severity, calm.queue, calm.reasons)
