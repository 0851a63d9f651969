"""Restricted data: what the desk may not quote, and which files go with a consent."""

from datetime import UTC, datetime

import pytest

from bot.complaint.case import Case, Facts, Flag, Person, Wish
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, MessageId, UserId
from bot.complaint.reading import Family, RemedyKind
from bot.complaint.seen import HIDDEN, Evidence, Leave, Restricted
from bot.policy.consents import (
    files_under,
    let_go,
    noted,
    one_taken_back,
    taken_back,
    veiled,
    without_refused,
)

AT = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
CHAT = ChatId(7)
SAID = "诊断为急性肠炎，漏电，要求赔偿八千元"

pytestmark = pytest.mark.practice("R52")


def a_mark(message: int, why: str = "words", what: str = "medical") -> Restricted:
    """Message number `message` is restricted."""
    return Restricted(at=AT, chat=CHAT, message=MessageId(message), what=what, why=why)


def a_file(message: int) -> Evidence:
    """The picture in that message."""
    return Evidence(
        at=AT, kind="photo", file_id=f"f{message}", unique_id=f"u{message}", message=MessageId(message)
    )


def a_case() -> Case:
    """One restricted message in words, three restricted files and one open one."""
    person = Person(id=UserId(7), name="周敏")
    return Case(
        no=CaseNo("100-0001"),
        chat=CHAT,
        customer=person,
        opened_at=AT,
        severity_why="漏电",
        facts=Facts(product="电热壶", issue=("漏电", "不通电")),
        story=("不通电",),
        wishes=(Wish(at=AT, verbatim="赔偿八千元", kinds=(RemedyKind.COMPENSATION,)),),
        flags=(
            Flag(family=Family.INJURY, cue="急性肠炎", at=AT),
            Flag(family=Family.MEDIA, cue="曝光", at=AT),
        ),
        evidence=tuple(map(a_file, (2, 3, 4, 5))),
        restricted=(a_mark(1), a_mark(2), a_mark(3, "asked"), a_mark(4, "harm")),
        leaves=(Leave(what="medical", asked_at=AT, given=True, at=AT, words="同意"),),
    )


def test_what_is_quoted_from_a_restricted_message_is_hidden_while_the_mark_stands() -> None:
    """Trouble, wish, cue and reason; what was said elsewhere stays, and all of it once the mark is lifted."""
    case = noted(a_case(), CHAT, 1, SAID)
    seen = veiled(case)
    assert seen.facts.issue == ("不通电",)
    assert [one.verbatim for one in seen.wishes] == [HIDDEN]
    assert [(one.family, one.cue) for one in seen.flags] == [(Family.INJURY, HIDDEN), (Family.MEDIA, "曝光")]
    assert seen.severity_why == HIDDEN
    assert seen.story == ("不通电",)
    lifted = case.evolve(restricted=tuple(replace(one, shown=True) for one in case.restricted))
    assert veiled(lifted) == lifted


def test_words_of_an_open_message_hide_nothing() -> None:
    """Only a mark does."""
    assert noted(a_case(), CHAT, 9, SAID) == a_case()


def test_with_a_consent_go_the_files_that_it_kept() -> None:
    """Not what everybody may see, nor what is kept for their safety."""
    case = a_case()
    assert [one.message for one in files_under(case, "medical")] == [2, 3]
    after = taken_back(case, "medical", AT, "收回同意")
    assert let_go(case, after) == ("u2", "u3")
    assert after.leaves[-1].given is False
    assert files_under(after, "medical") == ()
    assert let_go(case, one_taken_back(case, 3, AT)) == ("u3",)


@pytest.mark.parametrize("hold", ["legal_hold", "evidence_hold"])
def test_a_hold_keeps_the_files_until_it_ends(hold: str) -> None:
    """R16: sealed, then gone."""
    case = a_case().evolve(**{hold: True})
    sealed = taken_back(case, "medical", AT, "收回同意")
    assert let_go(case, sealed) == ()
    assert files_under(sealed, "medical") == ()
    assert let_go(sealed, without_refused(sealed.evolve(**{hold: False}))) == ("u2", "u3")
