"""Words on their way out: what waits, who may let it go, and that nothing else ever goes."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.actions import AnswerPress, CancelTimer, Relay, SetTimer, Turn
from bot.complaint.case import Case, Verdict
from bot.complaint.colleagues import Role
from bot.complaint.conversation import Conversation
from bot.complaint.events import AgentEdited, AgentWrote, Due, Pressed
from bot.complaint.evolving import replace
from bot.desk import at_its_time, note_of
from bot.desk.drafts import MOST_HELD, second_thoughts
from tests.desk.desk_scene import (
    LI,
    NOW,
    PHOTO,
    RULES,
    WANG,
    a_talk,
    carried,
    do,
    done_to,
    edited,
    held_case,
    of,
    pressed,
    situation,
    talk_of,
    told,
    waiting_case,
    wrote,
)

SHARP = "我理解您着急，但是仓库关门了"
CLEAN = "您好，我看一下"


def held_by(who: object = LI, text: str = SHARP, **more: object) -> Conversation:
    """A talk in which one's words wait."""
    return talk_of(do(wrote(text, who, message=7, **more), held_case()))  # type: ignore[arg-type]


def sent(turn: Turn) -> list[int]:
    """The messages that go to the complainant."""
    return [one.source.message for one in of(turn, Relay) if one.to_customer]


@pytest.mark.practice("S85", "S55")
def test_held_words_do_not_claim_or_keep_a_promise() -> None:
    """Words that wait have done nothing yet: nobody has the case, and the answer is still owed."""
    turn = do(wrote(SHARP), waiting_case())
    assert turn.case == waiting_case()
    assert carried(turn) == []
    assert note_of(wrote(SHARP), turn)
    sent_on = do(pressed("send_held", "1"), waiting_case(), talk_of(turn))
    assert done_to(sent_on).holder == LI
    assert done_to(sent_on).open_promises == ()


def test_held_words_wake_the_desk_until_they_are_decided() -> None:
    """A timer goes with them and is taken back with them."""
    turn = do(wrote(SHARP, message=7), held_case())
    assert [one.key for one in of(turn, SetTimer)] == ["held:7"]
    dropped = do(pressed("drop_held", "7"), held_case(), talk_of(turn))
    assert "held:7" in [one.key for one in of(dropped, CancelTimer)]
    due = Due(at=NOW, chat=held_case().chat, case_no=held_case().no, kind="held_words", key="held:7")
    for talk, line in ((talk_of(turn), ["held_still"]), (talk_of(dropped), [])):
        woken = at_its_time(due, held_case(), talk, rules=RULES, situation=situation())
        assert told(woken) == line


def test_sending_is_exact_and_once() -> None:
    """Every picture of the album, the reply and the formatting; a second tap finds nothing."""
    talk = held_by(media=PHOTO, album="a1", reply_to=3, formatted=True)
    talk = talk_of(do(wrote("", message=8, media=PHOTO, album="a1"), held_case(), talk))
    turn = do(pressed("send_held", "7"), held_case(), talk)
    whole, other = (one for one in of(turn, Relay) if one.to_customer)
    assert (whole.source.message, other.source.message) == (7, 8)
    assert (whole.text, whole.album, whole.media, whole.formatted) == (SHARP, "a1", PHOTO, True)
    assert whole.reply_to is not None
    again = do(pressed("send_held", "7"), held_case(), talk_of(turn))
    assert sent(again) == []
    assert [one.name for one in of(again, AnswerPress)] == ["desk/notice_no_draft"]


@pytest.mark.parametrize("deed", ["send_held", "drop_held", "take_send"])
def test_another_agents_press_decides_nothing(deed: str) -> None:
    """Whose words they are, decides; a colleague of the same rank is told whose they are."""
    turn = do(pressed(deed, "7", WANG), held_case(), held_by())
    assert sent(turn) == []
    assert len(talk_of(turn).drafts) == 1
    assert [one.name for one in of(turn, AnswerPress)] == ["desk/notice_not_yours"]
    assert turn.deeds[0].refused == "not_yours"


def test_a_supervisor_may_let_another_s_words_go() -> None:
    """The holder stays who it was."""
    turn = do(pressed("send_held", "7", WANG), held_case(), held_by(), role=Role.SUPERVISOR)
    assert sent(turn) == [7]
    assert done_to(turn).holder == LI


def test_words_whose_writer_lost_the_case_meanwhile_ask_anew() -> None:
    """Sent anyway, by somebody who no longer has the case, becomes the question of who has it."""
    turn = do(pressed("send_held", "7"), held_case(holder=WANG), held_by())
    assert sent(turn) == []
    assert told(turn) == ["held_held"]
    assert [one.why for one in talk_of(turn).drafts] == ["held"]


def test_a_closed_case_sends_no_draft() -> None:
    """What waits when the case is closed stays inside."""
    closed = held_case(closed_at=NOW)
    turn = do(pressed("send_held", "7"), closed, held_by())
    assert sent(turn) == []


@pytest.mark.parametrize("word", ["// 只是想想", "/note 想想", "/card"])
def test_held_words_that_become_a_note_stay_one(word: str) -> None:
    """Changed into a note or a command they wait no more, and never go out."""
    turn = do(edited(word, message=7), held_case(), held_by(), went_out=False)
    assert sent(turn) == []
    assert talk_of(turn).drafts == ()


def test_an_oldest_draft_gives_way() -> None:
    """A talk keeps so many drafts and no more."""
    talk = a_talk()
    for number in range(MOST_HELD + 3):
        talk = talk_of(do(wrote(SHARP, message=number + 1), held_case(), talk))
    assert len(talk.drafts) == MOST_HELD
    assert talk.drafts[0].sources[0].message == 4


@pytest.mark.practice("S20", "S28")
@pytest.mark.parametrize(
    ("verdict", "waits"),
    [(None, True), (Verdict.NOT_UPHELD, True), (Verdict.UPHELD, False), (Verdict.PARTLY, False)],
)
def test_fault_words_wait_for_the_verdict(verdict: Verdict | None, *, waits: bool) -> None:
    """Owned only after it was found, in whole or in part."""
    assert bool(second_thoughts(held_case(verdict=verdict), "这是我们的责任")) is waits


@pytest.mark.parametrize(
    "text",
    [
        "请马上拨打120",
        "先别吃了，尽快去医院",
        "Please unplug it right away",
        "Call 120 as soon as possible, but stay calm down there",
        "您自己没看清也没关系，赶紧拔掉插头，马上断电",
    ],
)
@pytest.mark.practice("R27")
def test_danger_help_finds_nothing(text: str) -> None:
    """No rule about tone is worth a minute of somebody in danger."""
    assert second_thoughts(held_case(), text) == []


TEXTS = st.sampled_from(
    [CLEAN, SHARP, "// 备注", "/note 内部", "/card", "爱买不买", "／／全角", "换新今天18:00前寄"]
)
WHO = st.sampled_from([LI, WANG])
STEPS = st.one_of(
    st.tuples(st.just("wrote"), WHO, TEXTS, st.integers(1, 4)),
    st.tuples(st.just("edited"), WHO, TEXTS, st.integers(1, 4)),
    st.tuples(
        st.sampled_from(["send_held", "drop_held", "take_send", "let_one", "was_note"]),
        WHO,
        st.just(""),
        st.integers(1, 4),
    ),
)


def event_of(step: tuple[str, object, str, int], known: dict[int, object]) -> AgentWrote | Pressed | None:
    """The event that a step of the property means; None if nobody could do it."""
    deed, who, text, number = step
    if deed == "wrote":
        return None if number in known else wrote(text, who, message=number)  # type: ignore[arg-type]
    if deed == "edited":
        return edited(text, who, message=number) if known.get(number) is who else None  # type: ignore[arg-type]
    return pressed(deed, str(number), who)  # type: ignore[arg-type]


@pytest.mark.practice("S31", "S55")
@given(steps=st.lists(STEPS, max_size=14))
def test_no_note_command_or_dropped_draft_ever_goes_out(
    steps: Sequence[tuple[str, object, str, int]],
) -> None:
    """However colleagues write, change and tap: only clean or insisted-on words go, each message once as new."""
    case: Case = held_case()
    talk = a_talk()
    known: dict[int, object] = {}
    texts: dict[int, str] = {}
    out: set[int] = set()
    dropped: set[int] = set()
    for step in steps:
        event = event_of(step, known)
        if event is None:
            continue
        if isinstance(event, AgentWrote):
            known.setdefault(event.message, step[1])
            texts[event.message] = event.text
        was_held = {one.sources[0].message for one in talk.drafts}
        carried_before = event.message in out
        turn = do(event, case, talk, went_out=carried_before if isinstance(event, AgentEdited) else True)
        now_held = {one.sources[0].message for one in talk_of(turn).drafts}
        fresh = [one for one in of(turn, Relay) if one.to_customer and not one.edited]
        for one in fresh:
            assert one.source.message not in out, "sent twice"
            assert one.source.message not in dropped, "a dropped draft went out"
            assert not one.text.lstrip().startswith(("/", "／")), "a note went out"
            if not isinstance(event, Pressed):
                assert second_thoughts(case, one.text) == [], "sharp words went out without a tap"
            out.add(one.source.message)
        dropped |= was_held - now_held - out
        case, talk = done_to(turn), talk_of(turn)


def test_every_version_of_a_held_message_is_a_note_until_it_goes() -> None:
    """The timeline has what was typed, as a note; only the version that goes out is none."""
    first = do(wrote(SHARP, message=7), held_case())
    second = do(edited("尽快办", message=7), held_case(), talk_of(first), went_out=False)
    last = do(edited(CLEAN, message=7), held_case(), talk_of(second), went_out=False)
    events = [wrote(SHARP, message=7), edited("尽快办", message=7), edited(CLEAN, message=7)]
    assert [note_of(one, turn) for one, turn in zip(events, (first, second, last), strict=True)] == [
        True,
        True,
        False,
    ]
    assert carried(last) == [CLEAN]


def test_an_edited_message_that_turns_sharp_waits_too() -> None:
    """The copy stands as it was until its writer insists; then it changes, and nothing is sent anew."""
    turn = do(edited("爱买不买", message=7), held_case(), went_out=True)
    assert of(turn, Relay) == []
    after = do(pressed("send_held", "7"), held_case(), talk_of(turn))
    (relay,) = of(after, Relay)
    assert (relay.edited, relay.text) == (True, "爱买不买")
    assert replace(relay, by="").to_customer
