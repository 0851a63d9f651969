"""Whatever the desk says has its words, with the very fields that it gives."""

from collections.abc import Iterator

import pytest

from bot.complaint.actions import AnswerPress, Button, Say, Tell, Turn
from bot.complaint.case import Case, Control, Severity, Status, Verdict
from bot.complaint.conversation import Step
from bot.complaint.events import CustomerEdited, TopicChanged, Undelivered
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId
from bot.complaint.reading import Language
from bot.desk import card, customer_relay, opening_log, undelivered
from bot.desk.acting import ACTS
from bot.wording import Catalogue, our_replies
from tests.desk.desk_scene import (
    DESK,
    LI,
    NO,
    NOW,
    RULES,
    STRANGER,
    THREAD,
    WANG,
    ZHANG,
    a_talk,
    do,
    edited,
    held_case,
    pressed,
    promise,
    quiet_case,
    refund,
    waiting_case,
    wrote,
)

CASES = (
    quiet_case(),
    waiting_case(),
    waiting_case(control=Control.HUMAN, holder=LI),
    held_case(),
    held_case(fulfilments=(refund(1),)),
    held_case(fulfilments=(refund(1), refund(2)), promises=(promise(3, "call_back"),)),
    held_case(severity=Severity.SEV1),
    held_case(verdict=Verdict.UPHELD),
    quiet_case(status=Status.CLOSED, closed_at=NOW),
)
TALKS = (
    a_talk(),
    a_talk(step=Step.RESOLVING),
    a_talk(step=Step.RETURNING),
    a_talk(case_no=CaseNo("111-1111")),
)
ARGUMENTS = ("", "好", "f1 RF-1", "p3 已电话", "甲 | 乙")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The words that come with the program."""
    return Catalogue.load((our_replies(),))


def _turns(case: Case) -> Iterator[Turn]:
    for talk in TALKS:
        for by in (LI, WANG, STRANGER):
            member = by is not STRANGER
            texts = (
                "您好",
                "/nonsense",
                *(f"/{name} {words}" for name in ACTS.commands for words in ARGUMENTS),
            )
            yield from (do(wrote(text, by), case, talk, member=member) for text in texts)
            yield from (
                do(pressed(name, "11", by), case, talk, member=member) for name in (*ACTS.presses, "old")
            )
            yield do(edited("//", by), case, talk, member=member)
    yield do(TopicChanged(at=NOW, chat=DESK, thread=THREAD, change="closed"), case)
    lost = Undelivered(
        at=NOW, chat=case.chat, case_no=NO, letter=LetterId(1), outcome="blocked", reason="Forbidden"
    )
    yield undelivered(lost, case)
    yield undelivered(lost, None)
    change = CustomerEdited(at=NOW, chat=ChatId(501), sender=ZHANG, message=MessageId(1), text="甲")
    yield Turn(conversation=None, case=case, actions=customer_relay(change, case))


def _always(case: Case | None) -> dict[str, object]:
    known = (
        {"product": case.facts.product, "issue": list(case.facts.issue)}
        if case
        else {"product": None, "issue": []}
    )
    return {
        "no": NO,
        "now": NOW,
        "category": "quality",
        "case": case,
        "customer": case.customer.name if case else "",
        "severity": 3,
        "queue": "general",
        **known,
    }


@pytest.mark.practice("S24")
@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_every_line_of_the_desk_has_its_words(catalogue: Catalogue, language: Language) -> None:
    """Whatever agents do, every line, notice, question and button that follows can be worded in both languages."""
    worded: set[str] = set()
    for case in CASES:
        for turn in _turns(case):
            for action in turn.actions:
                match action:
                    case Tell():
                        worded.add(
                            catalogue.desk(action.name, language, {**_always(turn.case), **action.fields})
                        )
                        _label(catalogue, action.buttons, language, desk=True)
                    case AnswerPress(name=str(name)):
                        notice = catalogue.desk(name, language, {**_always(turn.case), **action.fields})
                        assert len(notice) <= 200
                    case Say():
                        worded.add(
                            catalogue.render(action.name, language, {**_always(turn.case), **action.fields})
                        )
                        _label(catalogue, action.buttons, language)
    assert all(worded)
    assert len(worded) > 40


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
@pytest.mark.parametrize("case", CASES)
def test_every_card_fits_one_message(catalogue: Catalogue, case: Case, language: Language) -> None:
    """Card and log of any case can be worded, and the card fits into one message."""
    view = card(case, rules=RULES, now=NOW)
    words = catalogue.desk("card", language, {**_always(case), **view.fields})
    assert NO in words
    assert len(words) < 4096
    assert catalogue.desk("log", language, {**_always(case), **opening_log(case, [])})
    _label(catalogue, view.buttons, language, desk=True)


def _label(
    catalogue: Catalogue, rows: tuple[tuple[Button, ...], ...], language: Language, *, desk: bool = False
) -> None:
    for row in rows:
        for button in row:
            assert catalogue.label(button.name, language, button.fields, desk=desk)
