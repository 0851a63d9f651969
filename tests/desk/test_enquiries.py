"""What is asked for at the desk beside every case, and what a line of a list holds."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.complaint.actions import AnswerPress, Tell
from bot.complaint.boards import Board, Filter, Hit, Hits
from bot.complaint.case import Case, Queue, Task
from bot.complaint.colleagues import Colleague, Roster
from bot.complaint.deskwork import TaskKind
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, UserId
from bot.complaint.reading import Language
from bot.desk import act, press_data
from bot.desk.cases.privacy import LOOKS
from bot.desk.overview.boards import board_fields
from bot.desk.overview.enquiries import (
    ASKS,
    LONGEST_DATA,
    MOST_PAGES,
    PAGE,
    TURNED,
    Ask,
    Found,
    asked,
    filter_of,
    fitting,
    number_in,
    queue_named,
)
from bot.desk.presses import NO_CASE
from tests.desk.asking_scene import ME, PLACE, page, seen
from tests.desk.desk_scene import (
    DESK,
    LI,
    NO,
    NOW,
    RULES,
    STRANGER,
    WANG,
    do,
    edited,
    held_case,
    of,
    pressed,
    situation,
    told,
    waiting_case,
    wrote,
)


@pytest.mark.parametrize(
    ("text", "kind", "argument"),
    [
        ("/queue", "queue", ""),
        ("/QUEUE@desk_bot 法务", "queue", "法务"),
        ("／find  充电   冒烟", "find", "充电 冒烟"),
        ("/find a|b", "find", "a b"),
        ("/promises all", "promises", "all"),
        ("/case 583-2716", "case", "583-2716"),
    ],
)
def test_a_command_asks_for_a_list(text: str, kind: str, argument: str) -> None:
    """A command with what stands behind it, however it is typed."""
    assert asked(wrote(text)) == Ask(kind=kind, asker=LI.id, argument=argument)


@pytest.mark.parametrize("event", [wrote("queue"), wrote("// /queue"), wrote("/claim"), edited("/queue")])
def test_other_words_ask_for_nothing(event: object) -> None:
    """Words, notes, other commands and what is changed afterwards ask for no list."""
    assert asked(event) is None  # type: ignore[arg-type]


@given(st.sampled_from(sorted(ASKS)), st.text(max_size=80), st.integers(0, 2**40), st.integers(0, MOST_PAGES))
def test_whatever_was_asked_fits_its_buttons(kind: str, words: str, user: int, number: int) -> None:
    """A page's button holds at most what Telegram allows, and leads back to the very same list."""
    bare = Ask(kind=kind, asker=UserId(user))
    ask = replace(bare, argument=fitting(bare, words))
    event = page(ask, number)
    assert len(event.data.encode()) <= LONGEST_DATA
    assert asked(event) == replace(ask, page=number)


@pytest.mark.parametrize("value", ["", "queue", "queue.x.11.", "claim.0.11.", "queue.0.x.", "queue.-1.11."])
def test_a_button_that_is_none_of_ours_asks_for_nothing(value: str) -> None:
    """Press data that no list of ours makes is taken for no page."""
    assert asked(replace(pressed(TURNED), data=press_data(TURNED, value, NO_CASE))) is None


@pytest.mark.parametrize(
    ("kind", "words", "wanted"),
    [
        ("queue", "", Filter(board=Board.QUEUE)),
        ("queue", "法务", Filter(board=Board.QUEUE, queue=Queue.LEGAL)),
        ("queue", "PR", Filter(board=Board.QUEUE, queue=Queue.MEDIA_PR)),
        ("queue", "火星", None),
        ("mine", "all", Filter(board=Board.MINE, person=LI.id)),
        ("tasks", "", Filter(board=Board.TASKS, person=LI.id)),
        ("tasks", "全部", Filter(board=Board.TASKS)),
        ("promises", "ALL", Filter(board=Board.PROMISES)),
        ("find", "冒烟", Filter(board=Board.FIND, words="冒烟")),
        ("find", "", None),
    ],
)
def test_the_words_behind_a_command_narrow_its_list(kind: str, words: str, wanted: Filter | None) -> None:
    """A queue by its usual names, mine or everybody's, words to look for; what names nothing is asked back."""
    assert filter_of(Ask(kind=kind, asker=LI.id, argument=words), RULES) == wanted


def test_a_queue_goes_by_the_brands_own_name_too() -> None:
    """What the brand calls a queue's team is understood as well."""
    legal = replace(RULES.queue(Queue.LEGAL), names={Language.ZH: "风控中心"})
    rules = replace(RULES, queues={**RULES.queues, Queue.LEGAL: legal})
    assert queue_named("风控中心", rules) is Queue.LEGAL
    assert queue_named("风控中心", RULES) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [("583-2716", NO), ("5832716", NO), ("583 2716", NO), ("58327", None), ("12345678", None), ("", None)],
)
def test_a_number_is_read_in_any_spelling(words: str, number: CaseNo | None) -> None:
    """Seven digits are a case's number, with dash, gap or neither."""
    assert number_in(words) == number


@pytest.mark.practice("R16")
@pytest.mark.parametrize("name", sorted(ASKS | {"role", "lang"}))
@pytest.mark.parametrize("case", [None, waiting_case()])
def test_a_stranger_is_shown_nothing(name: str, case: Case | None) -> None:
    """Whoever is no member gets no list, no card, no roster and no right: in General not a word, in a topic one."""
    turn = do(wrote(f"/{name} all", STRANGER), case, member=False)
    assert told(turn) == (["not_member"] if case else [])
    assert (turn.deeds, turn.colleagues) == ((), ())


def test_a_strangers_page_is_refused_on_their_screen() -> None:
    """A stranger's press on a list is answered with an alert, and with nothing else."""
    event = replace(page(Ask(kind="queue", asker=LI.id), 1), sender=STRANGER)
    (answer,) = do(event, None, member=False).actions
    assert isinstance(answer, AnswerPress)
    assert answer.alert


def test_an_answer_stands_where_it_was_asked() -> None:
    """The list answers the command, in its topic and group, for the one who asked; a page changes in its place."""
    (shown,) = of(seen("/queue", case=held_case()), Tell)
    assert (shown.chat, shown.thread, shown.private_to) == (DESK, wrote("").thread, ME)
    assert shown.answers is not None
    turned = act(page(Ask(kind="queue", asker=LI.id), 1), None, None, rules=RULES, situation=situation(by=ME))
    answer, again = turned.actions
    assert isinstance(answer, AnswerPress)
    assert isinstance(again, Tell)
    assert again.instead_of is not None
    assert again.answers is None


@pytest.mark.practice("R16")
def test_looking_changes_nothing_and_only_looking_for_people_leaves_a_line() -> None:
    """The case in whose topic it was asked stays as it is, whatever is asked; the audit notes who looked for whom."""
    for name in ASKS:
        turn = seen(f"/{name} all", case=held_case())
        assert (turn.case, turn.conversation, turn.colleagues) == (None, None, ())
        noted = [(one.act, one.by) for one in turn.deeds if not one.refused]
        assert noted == ([("look_up", ME.id)] if name in LOOKS else [])


def test_a_page_stays_its_askers() -> None:
    """Whoever turns the page, the list is that of the one who asked for it, in their language."""
    roster = Roster({WANG.id: Colleague(id=WANG.id, name="王", language=Language.EN)})
    event = page(Ask(kind="mine", asker=WANG.id), 1)
    turn = act(event, None, None, rules=RULES, situation=situation(by=ME, roster=roster))
    (shown,) = of(turn, Tell)
    assert shown.private_to == roster.of(WANG.id)
    ask = asked(event)
    assert ask is not None
    assert filter_of(ask, RULES) == Filter(board=Board.MINE, person=WANG.id)


@pytest.mark.parametrize(
    ("total", "number", "buttons"),
    [
        (PAGE, 0, []),
        (PAGE + 1, 0, ["page_on"]),
        (PAGE + 1, 1, ["page_back"]),
        (3 * PAGE, 1, ["page_back", "page_on"]),
    ],
)
def test_there_is_a_button_where_there_is_a_page(total: int, number: int, buttons: list[str]) -> None:
    """Back stands on every page but the first, on stands on every page but the last."""
    found = Found(hits=Hits(total=total), page=number)
    (shown,) = of(seen("/queue", found), Tell)
    assert [one.name for row in shown.buttons for one in row] == buttons


VISIT = Task(
    id="t1", kind=TaskKind.VISIT, what="看壶", owner="王", made_at=NOW, due_at=NOW - timedelta(hours=1)
)


def line(kind: Board, hit: Hit, case: Case) -> dict[str, object]:
    """The one line of a list with this case."""
    found = Found(hits=Hits(rows=(hit,), total=1), cases={case.no: case}, places={case.no: PLACE})
    (row,) = board_fields(Ask(kind=kind, asker=LI.id), found, NOW)["rows"]
    return dict(row)
