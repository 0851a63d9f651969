"""What replies are said to do of the seven steps, they do."""

import re
from collections.abc import Mapping

import pytest

from bot.complaint.duties import CAUSES_FOR, THANKED, steps_of
from bot.complaint.reading import Category, Language
from bot.wording import Catalogue

SAYS: Mapping[str, re.Pattern[str]] = {
    "thanked": re.compile("谢|[Tt]hank"),
    "sorry": re.compile("抱歉|[Ss]orry"),
    "causes": re.compile("可能|may|might|could|either"),
}
"""What stands in words that do it."""
REPLIES = (
    *("listening/thanks_sorry", "listening/tell_more", "listening/praise", "wish/recorded_beyond"),
    *("wish/ask", "wish/ask_quality", "clarify/ask", "suggestion/thanks", "misunderstanding/net_weight"),
)


@pytest.mark.practice("S1", "S19", "S20", "S21")
@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_does_what_it_is_said_to_do(ours: Catalogue, name: str, language: Language) -> None:
    """Whatever the fields are: where thanks, sorrow or causes are counted, the words are there."""
    page = ours.page(name, language)
    told = []
    for sample in ours.samples(page):
        fields = {**sample, "has_photo": True}
        words = ours.render(name, language, fields)
        done = steps_of(name, fields, Category(str(fields.get("category", "quality"))))
        assert {step for step in done if not SAYS[step].search(words)} == set()
        told.append(done)
    assert any(told)


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_causes_are_due_where_there_are_words_for_them(ours: Catalogue, language: Language) -> None:
    """Grievances of which nobody can name a cause beforehand are judged by none."""
    terms = ours.shelf(language).lexicon.terms["causes"]
    assert isinstance(terms, Mapping)
    # a finer name of the same grievance has words of its own
    assert {one for one in Category if one in terms} == set(CAUSES_FOR)


def test_thanks_that_were_left_out_are_not_counted() -> None:
    """A question that is asked without thanks thanks nobody; other replies do none of the steps."""
    assert steps_of("clarify/ask", {"thanks": False}, Category.QUALITY) == set()
    assert steps_of("clarify/ask", {"thanks": True}, Category.QUALITY) == {THANKED}
    assert steps_of("people/handed_over", {}, Category.QUALITY) == set()
