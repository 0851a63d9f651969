"""Every keyboard of the talk can be answered by typing: accounts' chats may show no buttons at all."""

import tomllib
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from bot.complaint.case import Person
from bot.complaint.conversation import Conversation, Step
from bot.complaint.events import CustomerWrote, Pressed
from bot.complaint.ids import CaseNo, ChatId, MessageId, UserId
from bot.dialogue.presses import STEPS_OF, press_data
from bot.dialogue.typed import READ, as_pressed

NOW = datetime(2026, 7, 1, tzinfo=UTC)
ME = Person(id=UserId(7), name="周敏")
NO_PRESS = {"share_phone", "private", "register"}
"""Telegram's own button for the number, and links: nothing of them is typed."""
FILLED = {
    "option": "①退货退款",
    "call_window": "明天9:30–10:30",
    "zone_now": "现在14:30",
    "turn_to": "100-0002",
    "leave_one": "今天9:30发的",
    "leave_back_medical": "收回：看病历、票据 100-0001",
    "leave_back_bank": "收回：看银行资料 100-0001",
}
FAMILIES = (("mend_", "mend", ""), ("buy_", "buy", ""), ("leave_back_", "leave_back", "100-0001."))
"""Buttons whose name ends with what their press carries: how they begin, and their act."""
OF_OFFERS = {"agree": "offer_yes", "change": "offer_change", "decline": "offer_no"}


def _keyboards() -> list[tuple[str, str]]:
    text = (files("bot.wording") / "page" / "buttons.toml").read_text(encoding="utf-8")
    table: dict[str, list[list[str]]] = tomllib.loads(text)["customer"]
    return sorted({(reply, name) for reply, rows in table.items() for row in rows for name in row})


def _deed(reply: str, name: str) -> tuple[str, str]:
    """What a button does, as the talk makes it."""
    if reply.startswith("offer/"):
        return OF_OFFERS[name], "100-0001.o1"
    if name in {"consent_theirs", "guardian_yes"}:
        return "speaks_for", "yes" if name == "consent_theirs" else "guardian"
    for family, act, value in FAMILIES:
        if name.startswith(family):
            return act, value + name.removeprefix(family)
    if name[1:].isdecimal():
        return "score", name
    others = {"another": ("new", ""), "zone_now": ("zone", "Asia/Tokyo"), "turn_to": ("case", "100-0001")}
    others |= {f"pet_{act}": (act, "") for act in ("eaten_fine", "not_eaten", "unwell")}
    others |= {"option": ("option", "1"), "call_window": ("call_window", "1-2")}
    return others.get(name, (name, "medical" if name.startswith("sensitive_") else ""))


def _labels(lang: str) -> dict[str, str]:
    folder = Path(__file__).parents[2] / "replies" / lang
    return {**tomllib.loads((folder / "buttons.toml").read_text(encoding="utf-8")), **FILLED}


def _typed(words: str, act: str, value: str, label: str) -> CustomerWrote | Pressed:
    step = Step.OFFERED if act.startswith("offer_") else STEPS_OF.get(act, (Step.LISTENING,))[0]
    talk = Conversation(
        chat=ChatId(7),
        case_no=CaseNo("100-0001"),
        step=step,
        turn=3,
        turns=3,
        choices=((label, press_data(act, value, 3)),),
    )
    said = CustomerWrote(at=NOW, chat=ChatId(7), sender=ME, message=MessageId(5), text=words)
    found = as_pressed(said, talk)
    assert isinstance(found, CustomerWrote | Pressed)
    return found


@pytest.mark.parametrize(("reply", "name"), _keyboards())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_stands_on_a_button_can_be_typed(reply: str, name: str, lang: str) -> None:
    """The words of every button do what it does, unless the reader knows them wherever they stand."""
    if name in NO_PRESS:
        return
    act, value = _deed(reply, name)
    label = _labels(lang)[name]
    found = _typed(f" {label}。", act, value, label)
    assert act in READ or (isinstance(found, Pressed) and found.data == press_data(act, value, 3))


@pytest.mark.parametrize(
    ("words", "act", "value"),
    [
        ("同一件", "link_same", ""),
        ("same one", "link_same", ""),
        ("另一件", "link_other", ""),
        ("A different matter.", "link_other", ""),
        ("第一个", "option", "1"),
        ("选2", "option", "2"),
        ("option 3", "option", "3"),
        ("我是家长", "speaks_for", "guardian"),
        ("打给我", "call_me", ""),
        ("删吧", "erase_yes", ""),
    ],
)
def test_other_words_for_a_button_are_known(words: str, act: str, value: str) -> None:
    """Nobody has to type a label to the letter."""
    found = _typed(words, act, value, "?")
    assert isinstance(found, Pressed)
    assert found.label == words.strip()


def test_words_that_say_more_are_words() -> None:
    """Only what stands for a button and nothing besides is a press: a sentence is read."""
    assert isinstance(_typed("同一件，而且我被烫伤了", "link_same", "", "是同一件"), CustomerWrote)


def test_a_late_button_is_not_pressed_by_words() -> None:
    """Where the talk has moved on, the words are words again, and are answered."""
    talk = Conversation(
        chat=ChatId(7),
        step=Step.LISTENING,
        turn=4,
        turns=4,
        choices=(("不评了", press_data("no_survey", "", 3)),),
    )
    said = CustomerWrote(at=NOW, chat=ChatId(7), sender=ME, message=MessageId(5), text="不评了")
    assert as_pressed(said, talk) is said
