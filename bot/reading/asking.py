"""Demands made with a verb (the cues `act.*`): which acts a clause asks for, and which it only mentions.

A verb alone is no demand: things have been refunded, friends got a new one, shops say that they repair. So each
act is taken back where it is denied, reported, done or told of others, and counts where its clause asks for it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from bot.complaint.reading import RemedyKind
from bot.reading.finding import Found, Hit
from bot.reading.folding import has_han
from bot.reading.grammar import form
from bot.reading.pattern import BREAKS

_BREAKS = frozenset(BREAKS)
_LONGEST_CLAUSE = 60
"""Characters on either side beyond which no word belongs to an act."""
_ASKS_BEFORE, _ASKS_AFTER = form("asks_before_zh"), form("asks_after_zh")
_DENIED, _REPORTED, _DONE = form("denied_zh"), form("reported_zh"), form("done_zh")
_TOLD, _STILL_ASKS = form("told_zh"), form("still_asks_zh")
_OWN, _OWN_DONE = form("own_zh"), form("own_done_zh")
_POLICY, _POLICY_AFTER = form("policy_zh"), form("policy_after_zh")
_BARE_BEFORE, _BARE_AFTER = form("bare_before_zh"), form("bare_after_zh")
_ASKS_BEFORE_EN, _ASKS_AFTER_EN = form("asks_before_en"), form("asks_after_en")
_IMPERATIVE_EN, _ASKED_ANYWAY_EN = form("imperative_en"), form("asked_anyway_en")
_DENIED_EN, _REPORTED_EN, _STILL_ASKS_EN = form("denied_en"), form("reported_en"), form("still_asks_en")
_ASKS_STRICTLY, _REJECTED, _TOLD_EN = form("asks_strictly_zh"), form("rejected_zh"), form("told_en")
_REJECTED_EN, _INNER_DENIED, _WAIVED = form("rejected_en"), form("inner_denied_zh"), form("waived_zh")
_JUDGED = form("judged_zh")
_ONLY_HELP = form("only_help")
_STOPS = ".。!！?？\n"
_SIMPLE = 3
_NEAR = 14
"""Characters before an act within which its request stands."""
_TERSE = 48
"""Characters of a message that has hardly room for a story."""
_PLAIN_REQUEST = form("plain_request")
_ORDERED_ZH, _ORDERED_EN = form("ordered_zh"), form("ordered_en")
_TOLD_BRIEFLY = 240
"""Characters of a message in which a request of its own may stand among what happened."""
_RESULTS = frozenset("了过得是不没呢吗")
"""What follows a verb that is no order: 解释了半天."""
_ME = ("我", "俺", "咱")
_ACTS = tuple((kind, f"act.{kind}") for kind in RemedyKind)


class _Clause(NamedTuple):
    """The text before and after an act, up to the ends of its clause."""

    before: str
    act: str
    after: str


def asked_for(folded: str, found: Found) -> dict[RemedyKind, Hit]:
    """The remedy kinds demanded by acts, each with its first place."""
    wanted: dict[RemedyKind, Hit] = {}
    terse = len(folded) <= _TERSE
    for kind, label in _ACTS:
        for hit in found.get(label, ()):
            if _is_asked(_clause(folded, hit), weak=hit.weak, terse=terse):
                wanted[kind] = hit
                break
    return {kind: hit for kind, hit in wanted.items() if not _inside_longer(hit, wanted.values())}


def _inside_longer(hit: Hit, others: Iterable[Hit]) -> bool:
    """Acts inside longer ones: only the longest counts (重新发货 is not 发货)."""
    length = hit.end - hit.start
    return any(hit.start < one.end and one.start < hit.end and one.end - one.start > length for one in others)


def plainly_requested(folded: str) -> Hit | None:
    """Whether a short message opens as a request for something that no act names."""
    request = _PLAIN_REQUEST.match(folded) if len(folded) <= _TERSE else None
    if request is None and len(folded) <= _TOLD_BRIEFLY:
        request = (_ORDERED_ZH if has_han(folded) else _ORDERED_EN).search(folded)
    if request is None:
        return None
    start, end = sentence(folded, *request.span())
    return None if _ONLY_HELP.search(folded, start, end) else Hit(start, end, weak=True)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole sentence around words: what is quoted back is not torn."""
    inside = next((place for place in range(start, end) if text[place].isalnum()), start)
    first = max(text.rfind(stop, 0, inside) for stop in _STOPS) + 1
    ends = (text.find(stop, max(end - 1, inside)) for stop in _STOPS)
    last = min((place for place in ends if place >= 0), default=len(text))
    return last - len(text[first:last].lstrip()), last


def taken_back(folded: str, hit: Hit) -> bool:
    """Whether a demand is denied, or told of others or of another time."""
    clause = _clause(folded, hit)
    if not has_han(clause.act):
        return _told_en(clause) or bool(_REJECTED_EN.search(clause.before))
    if _WAIVED.match(clause.after) or _JUDGED.match(clause.after):
        return True
    return bool(_REJECTED.search(clause.before)) or _told(clause)


def told_of_others(folded: str, hit: Hit) -> bool:
    """Whether the clause of a sum is about other people or another time."""
    clause = _clause(folded, hit)
    return _told_en(clause) if not has_han(clause.act) else _told(clause)


def _clause(folded: str, hit: Hit) -> _Clause:
    first, last = hit.start, hit.end
    least, most = max(0, first - _LONGEST_CLAUSE), min(len(folded), last + _LONGEST_CLAUSE)
    while first > least and not _ends(folded, first - 1):
        first -= 1
    while last < most and not _ends(folded, last):
        last += 1
    return _Clause(folded[first : hit.start], folded[hit.start : hit.end], folded[hit.end : last])


def _ends(folded: str, place: int) -> bool:
    """Whether a clause ends here; a point or comma inside a number does not end one."""
    if folded[place] not in _BREAKS:
        return False
    return not (
        folded[place] in ".,:"
        and folded[place - 1 : place].isdigit()
        and folded[place + 1 : place + 2].isdigit()
    )


def _is_asked(clause: _Clause, *, weak: bool, terse: bool) -> bool:
    """Whether a bare act is a demand: yes in a terse message, no in a story."""
    if not has_han(clause.act):
        return _asked_en(clause, weak=weak)
    return _asked_zh(clause, weak=weak, terse=terse)


def _asked_zh(clause: _Clause, *, weak: bool, terse: bool) -> bool:
    before, act, after = clause
    if _void_zh(clause):
        return False
    if weak:
        ordered = terse and not before and after[:1] not in _RESULTS
        return ordered or bool(_ASKS_STRICTLY.search(before + act))
    if _ASKS_BEFORE.search(before[-_NEAR:] + act) or _ASKS_AFTER.search(after) or act.endswith(_ME):
        return True
    return terse and bool(_BARE_BEFORE.match(before) and _BARE_AFTER.match(after))


def _void_zh(clause: _Clause) -> bool:
    """Whether a Chinese act is denied, reported, done, told of others, or only asked about."""
    before, act, after = clause
    return bool(
        _DONE.match(after)
        or _JUDGED.match(after)
        or _WAIVED.match(after)
        or _DENIED.search(before)
        or _REJECTED.search(before)
        or _REPORTED.search(before)
        or _told(clause)
        or (len(act) > _SIMPLE and _INNER_DENIED.search(act))
        or (_OWN.search(before) and _OWN_DONE.match(after))
        or (_POLICY.match(before) and _POLICY_AFTER.match(after))
    )


def _told(clause: _Clause) -> bool:
    """Whether the clause is about others or another time, without a demand after that."""
    if "," in clause.act:
        return False  # 说好返红包，给我: what is asked for has a clause of its own
    told = _TOLD.search(clause.before)
    return told is not None and not _STILL_ASKS.search(clause.before, told.end())


def _told_en(clause: _Clause) -> bool:
    told = _TOLD_EN.search(clause.before)
    return told is not None and not _STILL_ASKS_EN.search(clause.before, told.end())


def _asked_en(clause: _Clause, *, weak: bool) -> bool:
    before, act, after = clause
    if _DENIED_EN.search(before) and not _ASKED_ANYWAY_EN.search(before):
        return False
    told = _REPORTED_EN.search(before)
    if told is not None and not _STILL_ASKS_EN.search(before, told.end()):
        return False
    if (
        _ASKS_BEFORE_EN.search(before + act)
        or _ASKED_ANYWAY_EN.search(before)
        or _ASKS_AFTER_EN.search(after)
    ):
        return True
    return not weak and bool(_IMPERATIVE_EN.search(before))
