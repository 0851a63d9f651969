"""Practices of the trade that the words themselves must hold, whatever the talk decides."""

import re
from collections.abc import Iterator, Mapping

import pytest

from bot.complaint.reading import Category, Language, RemedyKind
from bot.wording import Catalogue, plain

LANGUAGES = pytest.mark.parametrize("language", [Language.ZH, Language.EN])


def said(ours: Catalogue, name: str, language: Language, **fields: object) -> str:
    page = ours.page(name, language)
    always = ours.shelf(language).lexicon.always()
    return plain(ours.render(name, language, {**always, **page.front.fields, **fields}))


def all_said(ours: Catalogue, language: Language) -> Iterator[tuple[str, Mapping[str, object], str]]:
    for name in ours.names():
        page = ours.page(name, language)
        if page.front.kind != "part":
            for sample in ours.samples(page):
                yield name, sample, plain(ours.render(name, language, sample))


@LANGUAGES
@pytest.mark.practice("R21", "R23", "S90")
def test_whatever_is_said_first_tells_that_this_is_a_bot_and_how_to_reach_a_person(
    ours: Catalogue, language: Language
) -> None:
    """Every reply that can open a case discloses the machine, the case number and the way to a person."""
    bot, person = ("机器人", "转人工") if language is Language.ZH else ("a bot", "Talk to a person")
    opens = {name for name in ours.names() if "opening/_line" in ours.page(name, language).source}
    called = {name for name in ours.names() if "opening/_called" in ours.page(name, language).source}
    assert {"safety/eaten", "safety/hazard", "listening/thanks_sorry"} <= opens
    assert {"safety/emergency", "safety/self_harm", "people/extortion", "people/press"} <= called
    for name in opens | called | {"opening/hello", "opening/listening", "people/handed_over"}:
        text = said(ours, name, language, first=True)
        assert bot in text, name
        assert "583-2716" in text, name
        assert person in text or name in called | {"people/handed_over"}, name


@LANGUAGES
@pytest.mark.practice("R23", "R27", "R30")
def test_where_a_person_was_called_already_nobody_is_told_to_call_one(
    ours: Catalogue, language: Language
) -> None:
    """No invitation to a button that is not there: such a reply says itself by when a person comes."""
    person = "转人工" if language is Language.ZH else "Talk to a person"
    for name in ours.names():
        page = ours.page(name, language)
        if "opening/_called" in page.source:
            assert person not in said(ours, name, language, first=True), name
            assert page.front.promise or name == "safety/ask_phone", name


@LANGUAGES
@pytest.mark.practice("R27", "S54")
def test_in_danger_help_comes_before_everything_else(ours: Catalogue, language: Language) -> None:
    """The emergency line begins with help, asks nothing, thanks for nothing and names no remedy."""
    text = said(ours, "safety/emergency", language, first=True)
    assert "120" in text[:40]
    assert not re.search(r"[?？¥]|谢|抱歉|退款|[Tt]hank|sorry|refund", text)
    assert "583-2716" in text.splitlines()[-1], "who is speaking comes last"


@LANGUAGES
@pytest.mark.practice("R27")
def test_words_of_self_harm_are_met_with_care_and_numbers(ours: Catalogue, language: Language) -> None:
    """Three numbers, somebody near, a person on the way; nothing about the complaint's remedy."""
    text = said(ours, "safety/self_harm", language)
    assert all(number in text for number in ("12356", "110", "120", "10:35"))
    assert not re.search(r"[?？¥]|退款|refund", text)


@LANGUAGES
@pytest.mark.practice("S33", "S9", "R45")
def test_a_demand_for_silence_money_gets_one_line_that_echoes_no_sum(
    ours: Catalogue, language: Language
) -> None:
    """Facts decide, loud or quiet alike; no sum, no threat, no name for what was tried."""
    text = said(ours, "people/extortion", language)
    assert "¥" not in text
    assert set(re.findall(r"\d+", text)) <= {"18", "00"}
    assert not re.search(r"敲诈|勒索|报警|法律|blackmail|extort|police|law", text)


@LANGUAGES
@pytest.mark.practice("S34", "R20", "S12")
def test_the_ways_outside_are_told_in_full(ours: Catalogue, language: Language) -> None:
    """Mediation, the regulator with its number, arbitration and court; and no complaint has to be withdrawn first."""
    words = {
        Language.ZH: ("商量", "消费者协会", "12315", "仲裁", "法院", "不用先撤回"),
        Language.EN: (
            "settling it with us",
            "consumer association",
            "12315",
            "arbitration",
            "courts",
            "need not",
        ),
    }[language]
    text = said(ours, "answers/rights", language)
    assert all(word in text for word in words)
    for name in ("close/summary", "answers/verdict"):
        assert "12315" in said(ours, name, language), name


@LANGUAGES
@pytest.mark.practice("S21")
def test_possible_causes_include_ours_and_none_is_named_where_health_is_concerned(
    ours: Catalogue, language: Language
) -> None:
    """Two or three possibilities without a verdict; food, allergy and injury get none."""
    lexicon = ours.shelf(language).lexicon
    mine = "我们|出厂|封口" if language is Language.ZH else r"\bwe\b|\bus\b|\bours\b|our "
    for category in (*Category, "foreign_object"):
        if lexicon.has("causes", category):
            causes = lexicon.terms_for("causes", category)
            assert 2 <= len(causes) <= 3, category
            assert re.search(mine, causes[-1]), category
    assert not lexicon.has("causes", Category.FOOD_SAFETY)
    assert not lexicon.has("causes", "foreign_object")
    assert ("可能" if language is Language.ZH else "may be") in said(ours, "wish/ask", language)


@LANGUAGES
@pytest.mark.practice("S28", "R56")
def test_only_the_finding_speaks_the_third_level(ours: Catalogue, language: Language) -> None:
    """Fault is owned in two replies, wholly or in part, and both are said by the desk with the verdict."""
    owning = [name for name in ours.names() if ours.page(name, language).front.level >= 3]
    assert owning == ["people/partly", "people/upheld"]


@LANGUAGES
@pytest.mark.practice("S13", "S91", "R51")
def test_every_question_is_one_question(ours: Catalogue, language: Language) -> None:
    """Each asks one thing, and none asks for an identity, bank or password."""
    for name, text in dict(ours.shelf(language).lexicon.terms["questions"]).items():  # type: ignore[call-overload]
        assert len(re.findall(r"[?？]", text)) == 1, name
        assert not re.search(r"身份证|银行卡|密码|password|bank|identity", text), name


@LANGUAGES
@pytest.mark.practice("S17")
def test_no_option_is_worded_as_cash(ours: Catalogue, language: Language) -> None:
    """What the bot lays out is goods, the price back, or a gesture; money goes back the way it came."""
    lexicon = ours.shelf(language).lexicon
    for kind in RemedyKind:
        for group in ("options", "items"):
            assert not re.search(r"现金|转账|红包|cash", " ".join(lexicon.terms_for(group, kind))), kind


@LANGUAGES
@pytest.mark.practice("S95")
def test_the_card_says_what_how_and_by_when(ours: Catalogue, language: Language) -> None:
    """Every remedy that is carried out shows an absolute time; no line shows what it costs us."""
    due = ours.page("agreement/card", language).front.fields["due"]
    quiet = {RemedyKind.APOLOGY, RemedyKind.DISCIPLINE, RemedyKind.NONE, RemedyKind.OPEN}
    for kind in set(RemedyKind) - quiet:
        item = {"kind": kind.value, "refund": 0, "item": None, "pickup": False, "product": None, "due": due}
        text = said(ours, "agreement/card", language, items=[item])
        assert "18:00" in text, kind
        assert "¥0" not in text, kind


@LANGUAGES
@pytest.mark.practice("S24", "R12")
def test_a_farewell_leaves_number_and_telephone(ours: Catalogue, language: Language) -> None:
    """Whoever is let go knows the case number, the phone and its hours."""
    for name in ("agreement/farewell", "close/summary", "close/no_response", "agreement/apology_done"):
        text = said(ours, name, language)
        assert all(part in text for part in ("583-2716", "400-820-1234", "9:00–21:00")), name


@LANGUAGES
@pytest.mark.practice("S31", "S61")
def test_no_message_to_a_customer_shows_what_only_agents_may_know(
    ours: Catalogue, language: Language
) -> None:
    """Families of risk, severities and rungs have no words among the customers' terms."""
    hidden = {"family", "severity", "level", "legal", "policy_check", "next_line", "why"}
    assert hidden.isdisjoint(ours.shelf(language).lexicon.terms)
    assert hidden <= set(ours.shelf(language, desk=True).lexicon.terms)


@LANGUAGES
@pytest.mark.practice("S56", "S59")
def test_the_customer_s_matter_is_said_back_and_falls_back_gracefully(
    ours: Catalogue, language: Language
) -> None:
    """Their own words or their noun are in the apology; without either the sentence still stands."""
    for name, sample, text in all_said(ours, language):
        if name == "listening/thanks_sorry" and sample.get("product"):
            assert str(sample.get("said") or sample["product"]) in text
        assert "  " not in text, name
        assert text == text.strip(), name
