"""`/samples`: supervisors score the cases of the weekly sample (S103)."""

from collections import defaultdict
from datetime import timedelta
from typing import Any, Final

from bot.complaint.actions import Button, Rows, Tell, Turn
from bot.complaint.deskwork import Deed
from bot.complaint.ids import UserId
from bot.complaint.lessons import Mark
from bot.desk.answering import noticed
from bot.desk.learning.lesson_orders import Asking, Known, Wanted, Work, deed, tell, told
from bot.insight.samples import Drawn, draw, first_day, week_of

POINTS: Final = ("heard", "matter", "sorry", "plain", "promised", "solved")
"""The points that are scored: the seven steps (S18 to S24), in six groups."""
NEXT, POINT, DONE = "sample_next", "sample_point", "sample_done"


def week_asked(asked: Wanted, on: Asking) -> str:
    """The week that is meant: the one named, else the last whole one."""
    named = asked.words.partition(".")[0].upper()
    today = on.situation.now.astimezone(on.rules.clock).date()
    return named if first_day(named) else week_of(today - timedelta(days=7))


def show(asked: Wanted, known: Known, on: Asking) -> Work:
    """`/samples`, `/samples 2026-W45`: who drew what, and what was scored already."""
    if asked.words and first_day(asked.words.upper()) is None:
        return told(tell("samples_how", on, asked=asked.words))
    week = week_asked(asked, on)
    drawn = draw(week, known.facts, on.rules.clock)
    return told(_list(week, drawn, known, on))


def _list(week: str, drawn: list[Drawn], known: Known, on: Asking) -> Tell:
    done = {one.case_no: one for one in known.marks if one.done}
    groups: dict[UserId | None, list[dict[str, Any]]] = defaultdict(list)
    for one in drawn:
        mark = done.get(one.no)
        row = {"no": one.no, "poor": one.poor, "good": None, "of": None}
        if mark is not None:
            row |= {"good": sum(mark.points.values()), "of": len(mark.points)}
        groups[one.agent].append(row)
    return tell(
        "samples",
        on,
        rows=_onward(week, drawn, known, on),
        week=week,
        total=len(drawn),
        done=sum(one.no in done for one in drawn),
        groups=[{"agent": _name(agent, on), "cases": cases} for agent, cases in groups.items()],
    )


def _name(agent: UserId | None, on: Asking) -> str:
    if agent is None:
        return ""
    return next((one.name for one in on.situation.roster if one.id == agent), str(agent))


def _open_to(one: Drawn, known: Known, on: Asking) -> bool:
    """Cases still to be scored, and not this colleague's own."""
    done = {mark.case_no for mark in known.marks if mark.done}
    return one.no not in done and one.agent != on.by.id


def _onward(week: str, drawn: list[Drawn], known: Known, on: Asking) -> Rows:
    if not any(_open_to(one, known, on) for one in drawn):
        return ()
    return ((Button("sample_next", NEXT, week),),)


def go_on(asked: Wanted, known: Known, on: Asking) -> Work:
    """The next unscored case; after the last one the list."""
    week = week_asked(asked, on)
    drawn = draw(week, known.facts, on.rules.clock)
    following = next((one for one in drawn if _open_to(one, known, on)), None)
    if following is None:
        return told(*noticed(on.event), _list(week, drawn, known, on))
    return told(*noticed(on.event), _case(week, following, _mark_of(following, week, known, on), on))


def _mark_of(one: Drawn, week: str, known: Known, on: Asking) -> Mark:
    made = next((mark for mark in known.marks if mark.case_no == one.no and mark.week == week), None)
    return made or Mark(case_no=one.no, week=week, agent=one.agent, by=on.by.name, at=on.situation.now)


def _case(week: str, one: Drawn, mark: Mark, on: Asking) -> Tell:
    fields = [{"name": name, "good": mark.points.get(name)} for name in POINTS]
    value = f"{week}.{one.no}"
    buttons = [_point(name, mark.points.get(name), value) for name in POINTS]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    last = (Button("sample_done", DONE, value), Button("sample_skip", NEXT, week))
    return tell(
        "sample",
        on,
        rows=(*rows, last if mark.points else last[1:]),
        week=week,
        case=one.no,
        agent=_name(one.agent, on),
        poor=one.poor,
        points=fields,
    )


def _point(name: str, good: bool | None, value: str) -> Button:  # noqa: FBT001 - what was tapped before
    sign = {None: "▫️", True: "✅", False: "❌"}[good]
    return Button(f"point_{name}", POINT, f"{value}.{name}", fields={"sign": sign})


def score(asked: Wanted, known: Known, on: Asking) -> Work:
    """A point was tapped: it toggles; or the case is done, and the next one follows."""
    week, _, rest = asked.words.partition(".")
    number, _, point = rest.partition(".")
    drawn = draw(week, known.facts, on.rules.clock)
    one = next((each for each in drawn if each.no == number), None)
    if one is None or (asked.what == POINT and point not in POINTS):
        return told(*noticed(on.event, "notice_late"))
    if one.agent == on.by.id:
        return told(*noticed(on.event, "notice_own_sample"))
    mark = _mark_of(one, week, known, on)
    points = dict(mark.points)
    if asked.what == POINT:
        points[point] = not points.get(point, False)
    after = Mark(
        case_no=one.no,
        week=week,
        agent=one.agent,
        by=on.by.name,
        at=on.situation.now,
        points=points,
        done=asked.what == DONE or mark.done,
    )
    if asked.what == POINT:
        return _kept(told(*noticed(on.event), _case(week, one, after, on)), after)
    others = tuple(each for each in known.marks if each.case_no != one.no)
    onward = go_on(Wanted(what=NEXT, words=week), _with(known, (*others, after)), on)
    good = f"{sum(points.values())}/{len(points)}"
    line = deed(on, DONE, one.no, week=week, score=good)
    return _kept(onward, after, line)


def _with(known: Known, marks: tuple[Mark, ...]) -> Known:
    return Known(facts=known.facts, marks=marks)


def _kept(work: Work, mark: Mark, *deeds: Deed) -> Work:
    turn = Turn(conversation=None, case=None, actions=work.turn.actions, deeds=deeds)
    return Work(turn=turn, marks=(mark,))
