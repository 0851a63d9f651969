"""The card, the topic's name, and the talk so far."""

from datetime import timedelta

import pytest

from bot.complaint.case import Case, Control, Evidence, Facts, Flag, Order, Severity, Status, Verdict, Wish
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, Cents, ChatId, MessageId
from bot.complaint.reading import Category, Emotion, Family, Language, RemedyKind
from bot.complaint.records import Entry
from bot.desk import CardView, card, opening_log, topic_name
from bot.policy.brand import Product
from tests.desk.desk_scene import NO, NOW, RULES, held_case, promise, quiet_case, refund, waiting_case

WISH = Wish(at=NOW, verbatim="赔我十倍", kinds=(RemedyKind.MULTIPLE,), multiple=10, basis="price")


def _card(case: Case) -> CardView:
    return card(case, rules=RULES, now=NOW)


def _names(case: Case) -> list[str]:
    return [button.name for row in _card(case).buttons for button in row]


@pytest.mark.practice("R31", "S57", "S83")
def test_the_card_carries_what_the_next_person_must_know() -> None:
    """Severity with its cue, emotion with its cause, matter, wish, evidence, harm and promises are on the card."""
    case = waiting_case(
        severity=Severity.SEV1,
        severity_why="injury",
        flags=(Flag(family=Family.INJURY, cue="嘴肿起来了", at=NOW),),
        emotion=Emotion.ANGRY,
        wishes=(WISH,),
        evidence=tuple(Evidence(at=NOW, kind="photo", file_id="f", message=MessageId(n)) for n in (1, 2)),
        facts=Facts(product="面包", issue=("发霉",), harmed=True, eaten=True, phone="138"),
    )
    shown = _card(case).fields
    assert (shown["severity"], shown["severity_why"]) == (1, "injury")
    assert shown["cues"] == [{"family": "injury", "cue": "嘴肿起来了"}]
    assert (shown["emotion"], shown["emotion_why"]) == ("angry", "发霉")
    assert shown["happened"] == ["面包刚买就发霉了"]
    assert (shown["wish_said"], shown["wish_read"]["multiple"]) == ("赔我十倍", 10)
    assert shown["evidence"] == {"photo": 2}
    assert shown["harm"] == {"harmed": True, "eaten": True}
    assert [one["kind"] for one in shown["promises"]] == ["person_answers"]
    assert shown["due"] == case.promises[0].due_at


def test_a_desk_reads_products_by_the_brands_name_in_its_own_language() -> None:
    """What the complainant called it stays where the desk speaks their language."""
    kettle = Product(
        key="kettle", names={Language.ZH: "1.7升电热壶", Language.EN: "1.7 L kettle"}, words=("电热壶", "pot")
    )
    order = Order(order_no="8841", product="1.7升电热壶", price=Cents(8900))
    case = waiting_case(facts=Facts(product="电热壶", order=order))
    english = card(case, rules=replace(RULES, products=(kettle,), languages=(Language.EN,)), now=NOW).fields
    assert english["product"] == "1.7 L kettle"
    assert english["order"]["product"] == "1.7 L kettle"
    chinese = card(case, rules=replace(RULES, products=(kettle,)), now=NOW).fields
    assert (chinese["product"], chinese["order"]["product"]) == ("电热壶", "1.7升电热壶")
    theirs = waiting_case(facts=Facts(product="pot"))
    assert card(theirs, rules=replace(RULES, products=(kettle,)), now=NOW).fields["product"] == "1.7升电热壶"


def test_the_card_fits_a_screen_whatever_was_written() -> None:
    """Long stories are cut on the card, and line breaks in them do not tear it."""
    case = quiet_case(story=("坏" * 900, "又\n\n坏"), facts=Facts())
    shown = _card(case)
    assert [len(one) <= 120 for one in shown.happened] == [True, True]
    assert shown.happened[1] == "又 坏"


@pytest.mark.practice("S16", "S81")
@pytest.mark.parametrize(
    ("changes", "hints"),
    [
        ({"category": Category.FOOD_SAFETY}, ["food_10x"]),
        ({"category": Category.QUALITY}, ["seven_days", "three_guarantees"]),
        ({"category": Category.FALSE_AD}, ["fraud_3x"]),
        ({"wishes": (WISH,)}, ["food_10x"]),
        ({"facts": Facts(harmed=True)}, ["injury_items"]),
        ({"opened_at": NOW - timedelta(days=11)}, ["fifteen_days"]),
        ({}, []),
    ],
)
def test_hints_on_the_law_stand_on_the_card(changes: dict[str, object], hints: list[str]) -> None:
    """Which floors of the law may apply is hinted to agents by the matter itself."""
    assert _card(quiet_case(**changes)).legal == hints


@pytest.mark.practice("S81")
def test_the_card_asks_whether_it_would_be_upheld() -> None:
    """Before anybody argues, the card says what speaks for the complaint, or what is lacking."""
    bare = quiet_case(category=Category.QUALITY)
    seen = bare.evolve(evidence=(Evidence(at=NOW, kind="photo", file_id="f", message=MessageId(1)),))
    checks = [
        _card(one).policy_check for one in (quiet_case(), bare, seen, seen.evolve(verdict=Verdict.UPHELD))
    ]
    assert checks == ["needs_check", "needs_evidence", "likely", "upheld"]


@pytest.mark.parametrize(
    ("case", "key"),
    [
        (waiting_case(), "take_it"),
        (waiting_case(control=Control.HUMAN, severity=Severity.SEV1), "ask_wellbeing"),
        (held_case(severity=Severity.SEV1), "decide"),
        (waiting_case(control=Control.HUMAN), "restate_commit"),
        (held_case(fulfilments=(refund(),)), "carry_out"),
        (held_case(promises=(promise(),)), "report_progress"),
        (held_case(wishes=(WISH,)), "offer_within"),
        (held_case(story=()), "hear_them"),
        (held_case(), "decide"),
        (held_case(verdict=Verdict.UPHELD), "choose_cause"),
        (held_case(verdict=Verdict.UPHELD, cause="design"), "ask_settled"),
        (held_case(closed_at=NOW), "closed"),
    ],
)
def test_the_card_suggests_the_next_step(case: Case, key: str) -> None:
    """The card suggests the most pressing next step."""
    assert _card(case).next_line == key


def test_the_buttons_follow_the_case() -> None:
    """The card offers with one tap what can be done now; a closed case can only be taken up again."""
    more = ["offer", "transfer", "show_again"]
    assert _names(waiting_case()) == ["claim", "resolve", *more]
    assert _names(held_case()) == ["resolve", "release", "to_bot", *more]
    assert _names(held_case(severity=Severity.SEV1)) == ["resolve", "release", *more]
    assert "done" in _names(held_case(fulfilments=(refund(),)))
    assert _names(held_case(closed_at=NOW)) == ["reopen", "show_again"]


def test_a_promise_past_its_time_shows_as_late() -> None:
    """A promise whose time went by shows as late before anybody has written it off."""
    shown = card(waiting_case(), rules=RULES, now=NOW + timedelta(hours=9))
    assert [one["late"] for one in shown.promises] == [True]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "面包发霉 · 583-2716"),
        ({"severity": Severity.SEV1}, "🔴 面包发霉 · 583-2716"),
        ({"severity": Severity.SEV2}, "🟠 面包发霉 · 583-2716"),
        ({"facts": Facts(product="kettle", issue=("dead",))}, "kettle dead · 583-2716"),
        ({"facts": Facts()}, "面包刚买就发霉了 · 583-2716"),
        ({"facts": Facts(), "story": ()}, "要真人 · 583-2716"),
    ],
)
def test_a_topic_is_named_by_its_matter(changes: dict[str, object], name: str) -> None:
    """The matter in the complainant's own words comes first, what is grave has a sign, and no name is empty."""
    assert topic_name(quiet_case(**changes), "要真人") == name


def test_a_topics_name_is_never_too_long() -> None:
    """However long the words, the number stands behind them, within what Telegram takes."""
    name = topic_name(quiet_case(facts=Facts(product="面" * 300)))
    assert name.endswith("… · 583-2716")
    assert len(name) <= 128


def _entry(number: int, who: str = "customer", text: str = "发霉", **more: object) -> Entry:
    at = NOW + timedelta(seconds=number)
    return Entry(case_no=NO, at=at, who=who, chat=ChatId(501), text=f"{text}{number}", **more)  # type: ignore[arg-type]


@pytest.mark.practice("R31", "S18")
def test_the_talk_so_far_is_there_for_who_takes_over() -> None:
    """Who takes over reads the talk in its order, with edits and media, and need not ask again."""
    entries = [_entry(1), _entry(2, "bot"), _entry(3, media={"kind": "photo"}), _entry(4, edit=True)]
    log = opening_log(quiet_case(), entries)
    assert [line["text"] for line in log["lines"]] == ["发霉1", "发霉2", "发霉3", "发霉4"]
    assert [line["media"] for line in log["lines"]] == [None, None, "photo", None]
    assert (log["left_out"], log["lines"][3]["edit"]) == (0, True)


def test_a_long_talk_shows_its_beginning_and_its_end() -> None:
    """Of a long talk the beginning and the end are shown, with the number of lines between."""
    log = opening_log(quiet_case(), [_entry(number) for number in range(100)])
    assert log["left_out"] + len(log["lines"]) == 100
    assert (log["lines"][0]["text"], log["lines"][-1]["text"]) == ("发霉0", "发霉99")


def test_other_cases_of_the_customer_are_named_without_this_one() -> None:
    """What became of earlier cases stands on the card, this one among them not."""
    before = quiet_case(no=CaseNo("111-1111"), status=Status.CLOSED, closed_at=NOW)
    case = quiet_case(earlier=(NO, before.no))
    shown = card(case, rules=RULES, now=NOW, other_cases=(case, before))
    assert [(one["no"], one["status"]) for one in shown.earlier] == [("111-1111", "closed")]


def test_a_press_is_no_line_of_the_talk() -> None:
    """A press of a button is told by the bot's next words, and is no line of its own."""
    press = Entry(
        case_no=NO, at=NOW, who="customer", chat=ChatId(501), media={"kind": "press", "act": "agree"}
    )
    assert opening_log(quiet_case(), [press])["lines"] == []
