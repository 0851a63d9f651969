"""The evidence pack, for 12315, a mediator or a court (R50).

It holds what they themselves know: their facts and words, what was offered and promised, their evidence with its
hashes. Notes, warnings, severity and colleagues' names stay out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.complaint.case import Case
from bot.complaint.deskwork import KeptFile, Spoken
from bot.wording.spelling import Spelling

GROUP: Final = "pack"
KNOWN: Final = "mydata"
SPEAKERS: Final = {"customer": "you", "bot": "bot", "agent": "colleague"}
_SIDES: Final = {"customer": "customer_side", "bot": "our_side", "agent": "our_side"}

Row = tuple[str, str]
"""A label, possibly empty, and its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its rows."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The worded pack, from which PDF and text are made."""

    title: str
    under: str
    sections: tuple[Section, ...]
    note: str
    """The closing note: what the pack is and is not."""
    no: str


def pack_of(
    case: Case,
    lines: Sequence[Spoken],
    files: Sequence[KeptFile],
    spelling: Spelling,
    *,
    brand: str,
    now: datetime,
) -> Pack:
    """The pack of one case, from its transcript without notes and its files."""
    chapters = (
        ("matter", _matter(case, spelling)),
        ("happened", (("", one) for one in case.story)),
        ("claim", ((spelling.written(one.at), one.verbatim) for one in case.wishes)),
        ("offered", _offered(case, spelling)),
        ("promised", _promised(case, spelling)),
        ("evidence", _evidence(case, files, spelling)),
        ("talk", _talk(lines, spelling)),
    )
    sections = (
        Section(heading=spelling.named(name, GROUP), rows=tuple(rows))
        for name, rows in ((name, list(rows)) for name, rows in chapters)
        if rows
    )
    return Pack(
        title=spelling.named("title", GROUP),
        under=f"{brand} · {case.no} · {spelling.written(now)}",
        sections=tuple(sections),
        note=spelling.named("note", GROUP),
        no=case.no,
    )


def _matter(case: Case, spelling: Spelling) -> Iterator[Row]:
    facts = case.facts
    order = facts.order
    known = {
        "name": case.customer.name,
        "phone": facts.phone or "",
        "contact": facts.contact or "",
        "product": (order.product if order else None) or facts.product or "",
        "order": facts.order_no or "",
        "price": spelling.money(order.price) if order else "",
        "bought": (order.bought_on if order else "") or facts.bought or "",
        "store": (order.store if order else "") or facts.store or "",
        "batch": facts.batch_no or "",
        "ref": case.source_ref,
        "opened": spelling.written(case.opened_at),
        "closed": spelling.written(case.closed_at) if case.closed_at else "",
    }
    for name, value in known.items():
        if value:
            yield spelling.named(name, GROUP, KNOWN), value


def _offered(case: Case, spelling: Spelling) -> Iterator[Row]:
    for one in case.offers:
        things = spelling.together([spelling.named(kind.value, "remedy") for kind in one.kinds])
        money = f" {spelling.money(one.refund)}" if one.refund else ""
        yield spelling.written(one.at), f"{things}{money} · {spelling.named(f'offer_{one.state}', GROUP)}"
    if case.agreement is not None:
        yield spelling.written(case.agreement.confirmed_at), spelling.named("agreed", GROUP)


def _promised(case: Case, spelling: Spelling) -> Iterator[Row]:
    for one in case.promises:
        what = spelling.named(one.kind, "promise", "remedy")
        status = spelling.named(f"promise_{one.status.value}", KNOWN)
        yield spelling.written(one.due_at), f"{what} · {status}"


def _evidence(case: Case, files: Sequence[KeptFile], spelling: Spelling) -> Iterator[Row]:
    for number, one in enumerate((one for one in files if one.wanted.case_no == case.no), 1):
        kind = spelling.named(one.wanted.kind, "kept")
        name = f" {one.wanted.name}" if one.wanted.name else ""
        proof = f"SHA-256 {one.sha256}" if one.sha256 else spelling.named("file_not_kept", KNOWN)
        yield f"{number}. {spelling.written(one.wanted.at)}", f"{kind}{name}\n{proof}"


def _talk(lines: Sequence[Spoken], spelling: Spelling) -> Iterator[Row]:
    for line in lines:
        side = _SIDES.get(line.who)
        if side is None or not (line.text or line.thing):
            continue
        thing = f"[{spelling.named(line.thing, 'kept', 'thing')}] " if line.thing and not line.text else ""
        yield f"{spelling.written(line.at)} {spelling.named(side, GROUP)}", f"{thing}{line.text}"


def as_text(pack: Pack) -> str:
    """The pack as plain text, complete in every sign."""
    parts = [f"{pack.title}\n{pack.under}"]
    for one in pack.sections:
        rows = "\n".join(_line(label, value) for label, value in one.rows)
        parts.append(f"【{one.heading}】\n{rows}")
    return "\n\n".join([*parts, pack.note]) + "\n"


def _line(label: str, value: str) -> str:
    gap = "\n    " if "\n" in value else ""
    words = value.replace("\n", "\n    ")
    return f"{label}  {gap}{words}" if label else f"· {words}"
