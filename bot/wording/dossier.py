"""The file of what is kept about a complainant: one page of HTML (R53)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Final

from bot.complaint.actions import Enclose
from bot.complaint.case import Case
from bot.complaint.letters import Enclosed
from bot.wording.spelling import Spelling

GROUP: Final = "mydata"
SPEAKERS: Final[Mapping[str, str]] = {"customer": "you", "bot": "bot", "agent": "colleague"}
STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:1rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td{border-top:1px solid #ccc;padding:.3rem .5rem;vertical-align:top}"
    "td:first-child{white-space:nowrap;color:#555}"
)

Row = Sequence[str]


def dossier(given: Enclose, spelling: Spelling, now: datetime) -> Enclosed:
    """The rendered file: cases, words, promises and files; no internal notes, no colleagues' names."""
    title = spelling.named("title", GROUP)
    parts = [f"<h1>{escape(title)}</h1><p>{escape(spelling.written(now))}</p>"]
    parts += (_case(one, given, spelling) for one in given.cases)
    page = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE}</style></head><body>{''.join(parts)}</body></html>"
    )
    return Enclosed(name=f"mydata-{now:%Y%m%d}.html", mime="text/html", content=page)


def _case(case: Case, given: Enclose, spelling: Spelling) -> str:
    sections = (
        ("known", _known(case, spelling)),
        ("words", _words(case, given, spelling)),
        ("promises", _promises(case, spelling)),
        ("files", _files(case, given, spelling)),
    )
    tables = (
        f"<h3>{escape(spelling.named(name, GROUP))}</h3>{_table(rows)}"
        for name, rows in ((name, list(rows)) for name, rows in sections)
        if rows
    )
    return f"<h2>{escape(case.no)}</h2>{''.join(tables)}"


def _known(case: Case, spelling: Spelling) -> Iterator[Row]:
    facts, customer = case.facts, case.customer
    known = {
        "name": customer.name,
        "username": f"@{customer.username}" if customer.username else "",
        "telegram": str(customer.id),
        "phone": facts.phone or "",
        "best_time": facts.best_time or "",
        "order": facts.order_no or "",
        "product": facts.product or "",
        "bought": facts.bought or "",
        "store": facts.store or "",
        "batch": facts.batch_no or "",
        "opened": spelling.written(case.opened_at),
        "closed": spelling.written(case.closed_at) if case.closed_at else "",
        "wish": "; ".join(one.verbatim for one in case.wishes),
        "agreement": case.agreement.text if case.agreement else "",
        "scores": " ".join(str(one.outcome) for one in case.surveys if one.outcome),
    }
    for name, value in known.items():
        if value:
            yield spelling.named(name, GROUP), value


def _words(case: Case, given: Enclose, spelling: Spelling) -> Iterator[Row]:
    for line in given.lines:
        speaker = SPEAKERS.get(line.who)
        if line.case_no == case.no and speaker is not None:
            thing = f"[{line.thing}] " if line.thing else ""
            yield spelling.written(line.at), spelling.named(speaker, GROUP), f"{thing}{line.text}"


def _promises(case: Case, spelling: Spelling) -> Iterator[Row]:
    for one in case.promises:
        status = spelling.named(f"promise_{one.status.value}", GROUP)
        yield spelling.written(one.due_at), spelling.named(one.kind, "promise", "remedy"), status


def _files(case: Case, given: Enclose, spelling: Spelling) -> Iterator[Row]:
    for one in given.files:
        if one.wanted.case_no == case.no:
            state = spelling.named("file_kept" if one.state == "kept" else "file_not_kept", GROUP)
            yield spelling.written(one.wanted.at), one.wanted.kind, one.wanted.name, state


def _table(rows: Iterable[Row]) -> str:
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
