"""Commands that change no case: lists, profiles, the roster."""

from typing import Any, Final

from bot.complaint.actions import AnswerPress, Button, Rows, Situation, Tell, Turn
from bot.complaint.case import Case
from bot.complaint.colleagues import Colleague
from bot.complaint.deskwork import Deed
from bot.complaint.events import AgentEdited, AgentWrote, Event, Pressed
from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo
from bot.desk.answering import where_asked
from bot.desk.cards.cards import REFRESH, card
from bot.desk.cards.products import in_desk_words
from bot.desk.cases.privacy import access_fields, looked_up
from bot.desk.notes import order_of
from bot.desk.overview.boards import address, board_fields, pages_of, profile_fields, roster_fields
from bot.desk.overview.enquiries import BOARD, LISTS, TURNED, Ask, Found, asked, filter_of, value_of
from bot.desk.overview.reporting import REPORT, reported
from bot.desk.overview.staff import ORDERS, ordered
from bot.desk.rights import NEEDS, Refused, Right, may
from bot.policy.rules import Rules

HELP: Final = "help"
_RIGHT: Final = {"access": Right.ACCESS, BOARD: Right.OVERSEE}
"""Requests that need more than the right to look up."""
_ON_PAGE: Final = {"queue": "board", "promises": "promises"}
"""Lists that the page has too, and the view where they stand."""


def beside_cases(
    event: Event, by: Colleague, found: Found, *, rules: Rules, situation: Situation
) -> Turn | None:
    """The turn of a command that belongs to no case; None for every other event."""
    ask = asked(event)
    if ask is not None:
        return _shown(ask, event, by, found, rules, situation)
    if not isinstance(event, AgentWrote) or isinstance(event, AgentEdited):
        return None
    order = order_of(event.text)
    if order is not None and order.name == HELP:
        return Turn(conversation=None, case=None, actions=(_tell(HELP, {}, event, by, situation),))
    if order is not None and order.name == REPORT:
        return reported(event, by, rules=rules, situation=situation)
    if order is None or order.name not in ORDERS:
        return None
    answer = ordered(order.name, order.argument, event, by, rules=rules, situation=situation)
    reader = answer.changed if answer.changed is not None and answer.changed.id == by.id else by
    told = _tell(answer.name, answer.fields, event, reader, situation)
    return Turn(
        conversation=None,
        case=None,
        actions=(told,),
        deeds=(answer.deed,) if answer.deed is not None else (),
        colleagues=(answer.changed,) if answer.changed is not None else (),
    )


def _shown(ask: Ask, event: Event, by: Colleague, found: Found, rules: Rules, situation: Situation) -> Turn:
    """The answer, as a new message or in place of the page that was turned."""
    what = _RIGHT.get(ask.kind, Right.LOOK_UP)
    answer = may(by, what, None)
    if isinstance(answer, Refused):
        return _not_shown(what, event, by, situation, answer)
    reader = situation.roster.of(ask.asker, by.name) if ask.asker != by.id else by
    found = _in_words_of(reader, found, rules)
    name, fields, buttons, about = _words(ask, found, by, rules, situation)
    told = _tell(name, fields, event, reader, situation, buttons=buttons, about=about)
    notice = (AnswerPress(query=event.query),) if isinstance(event, Pressed) else ()
    deeds = looked_up(ask, found, by, situation)
    return Turn(conversation=None, case=None, actions=(*notice, told), deeds=deeds)


def _in_words_of(reader: Colleague, found: Found, rules: Rules) -> Found:
    """What was found with the brand's products named in the reader's language."""
    language = reader.language or rules.languages[0]
    cases = {no: in_desk_words(one, rules.products, language) for no, one in found.cases.items()}
    history = tuple(in_desk_words(one, rules.products, language) for one in found.history)
    return replace(found, cases=cases, history=history)


def _not_shown(what: Right, event: Event, by: Colleague, situation: Situation, refused: Refused) -> Turn:
    """The reason for a refusal: lookups of people are for managers, the whole desk is for supervisors."""
    needs = NEEDS[what].value
    told = _tell("no_right", {"act": what.value, "needs": needs}, event, by, situation)
    line = Deed(
        at=situation.now,
        by=by.id,
        name=by.name,
        act=what.value,
        chat=situation.where,
        refused=refused.reason,
    )
    return Turn(conversation=None, case=None, actions=(told,), deeds=(line,))


def _words(
    ask: Ask, found: Found, by: Colleague, rules: Rules, situation: Situation
) -> tuple[str, dict[str, Any], Rows, CaseNo | None]:
    """The reply, fields and buttons that answer the request, and the case of those buttons."""
    if ask.kind in ("roster", "access", BOARD):
        rows = way_to_page(situation.page) if ask.kind == BOARD else ()
        return *_who(ask, found, situation), rows, None
    if ask.kind in LISTS:
        if filter_of(ask, rules) is None:
            return f"{ask.kind}_how", {"asked": ask.argument}, (), None
        rows = (*_turning(ask, found), *_page_for(by, ask.kind, situation))
        return "board", board_fields(ask, found, situation.now), rows, None
    if found.case is None:
        return f"{ask.kind}_how", {"asked": ask.argument}, (), None
    if ask.kind == "customer":
        return "profile", profile_fields(ask, found, found.case), _turning(ask, found), None
    return _card(ask, found.case, found, rules, situation)


def _who(ask: Ask, found: Found, situation: Situation) -> tuple[str, dict[str, Any]]:
    """Who is what, or who looked; and the way to where all of it is seen."""
    if ask.kind == BOARD:
        return "page_open" if situation.page else "page_none", {}
    if ask.kind == "roster":
        return "roster", roster_fields(situation.roster)
    return (
        ("access", access_fields(ask, found.deeds))
        if found.known
        else ("access_how", {"asked": ask.argument})
    )


def _card(
    ask: Ask, case: Case, found: Found, rules: Rules, situation: Situation
) -> tuple[str, dict[str, Any], Rows, CaseNo]:
    """The card with buttons that work from here, one to refresh it, and the link to its topic."""
    problems = ("blocked",) if found.blocked else ()
    others = tuple(one for one in found.history if one.no != case.no)
    view = card(case, rules=rules, now=situation.now, other_cases=others, delivery_problems=problems)
    here = Ask(kind=ask.kind, asker=ask.asker, argument=case.no)
    way = address(found.places.get(case.no))
    row = [Button("show_again", TURNED, value_of(here, 0))]
    if way:
        row.append(Button("to_topic", kind="url", url=way))
    # the card's own refresh would change the one in the topic
    own = tuple(tuple(one for one in keys if one != REFRESH) for keys in view.buttons)
    return "card", view.fields, (*(keys for keys in own if keys), tuple(row)), case.no


def way_to_page(page: str, place: str = "board") -> Rows:
    """The button that opens the supervisor's page; in a group it has to be a link."""
    if not page:
        return ()
    return ((Button("open_page", kind="url", url=f"{page}?startapp={place}"),),)


def _page_for(by: Colleague, kind: str, situation: Situation) -> Rows:
    """The same list on the supervisor's page, if this colleague may see it."""
    if kind not in _ON_PAGE or isinstance(may(by, Right.OVERSEE, None), Refused):
        return ()
    return way_to_page(situation.page, _ON_PAGE[kind])


def _turning(ask: Ask, found: Found) -> Rows:
    """The buttons for the previous and the next page."""
    row = []
    if found.page > 0:
        row.append(Button("page_back", TURNED, value_of(ask, found.page - 1)))
    if found.page + 1 < pages_of(found):
        row.append(Button("page_on", TURNED, value_of(ask, found.page + 1)))
    return (tuple(row),) if row else ()


def _tell(
    name: str,
    fields: dict[str, Any],
    event: Event,
    reader: Colleague,
    situation: Situation,
    *,
    buttons: Rows = (),
    about: CaseNo | None = None,
) -> Tell:
    """A message where it was asked: in answer to the command, or in place of the page whose button was pressed."""
    line = where_asked(name, event, situation, reader, buttons, fields)
    return replace(line, private_to=reader, about=about)
