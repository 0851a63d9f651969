"""The report as one self-contained HTML page: no network, no server, no third-party script."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from bot.commands.private import private
from bot.commands.report_text import heads, only_told
from bot.commands.reporting import Answer
from bot.complaint.errors import SettingsWrong
from bot.insight.frame import FEWEST, Figure, Unit
from bot.insight.sections import BETTER_LESS, BETTER_MORE, KEY, sections
from bot.insight.told import Cell, Change, Part, Table
from bot.insight.worded import Wording

FOLDER: Final = Path(__file__).with_name("page")
CHARTS: Final = "echarts.common.min.js"
MOST_CASES: Final = 12
"""Numbers of cases that an alert names."""
LANGUAGES: Final = {"zh": "zh-CN", "en": "en"}
BARE: Final = (Unit.COUNT, Unit.CENTS)


def write_page(answer: Answer, out: Path) -> None:
    """Write the page.

    Raises:
        SettingsWrong: it cannot be written.
    """
    try:
        private(out)
        out.write_text(page_of(answer), encoding="utf-8")
    except OSError as wrong:
        raise SettingsWrong(f"--out: {out} cannot be written ({wrong.strerror}).") from None


def page_of(answer: Answer) -> str:
    """The page with its words, its figures, its looks and its charts."""
    parts = {
        "lang": LANGUAGES[answer.language.value],
        "title": f"{_plain(answer.brand)} · {_plain(answer.words.say('title'))}",
        "style": _asset("page.css"),
        "data": msgspec.json.encode(_data(answer)).decode().replace("<", "\\u003c"),
        "charts": _asset(CHARTS),
        "script": "\n".join(_asset(name) for name in ("dom.js", "charts.js", "page.js")),
    }
    head, *rest = _asset("page.html").split("{{")
    return head + "".join(parts[name] + after for name, after in (one.split("}}", 1) for one in rest))


def _asset(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _data(answer: Answer) -> dict[str, Any]:
    words = answer.words
    period, compared = heads(answer)
    only = only_told(answer)
    return {
        "brand": answer.brand,
        "period": period,
        "lines": [one for one in (compared, only) if one],
        "made": words.say("made", at=f"{answer.made_at:%Y-%m-%d %H:%M}"),
        "notes": [words.say("few_note", n=FEWEST), words.say("private_note")],
        "empty": not answer.told.volume[0].exact if answer.told.volume else True,
        "tiles": _tiles(answer),
        "alerts": _alerts(answer),
        "missing": [] if answer.told.shipped else [words.say("no_shipments")],
        "sections": [
            {
                "key": one.key,
                "title": words.name("section", one.key),
                "note": words.groups["section_note"].get(one.key, ""),
                "tables": [_table(table, words) for table in one.tables],
            }
            for one in sections(answer.told)
        ],
        "words": dict(words.groups["texts"]),
        "currency": words.currency,
    }


def _tiles(answer: Answer) -> list[dict[str, Any]]:
    now, before = answer.told.figures(), answer.told.figures_before()
    found = [now[name, ()] for name in KEY if (name, ()) in now]
    return [
        {
            "key": one.name,
            "name": answer.words.name("figure", one.name),
            **_told(one, answer.words),
            "change": answer.words.change(change),
            "mood": _mood(change),
        }
        for one, change in ((one, Change(now=one, before=before.get((one.name, one.of)))) for one in found)
    ]


def _mood(change: Change) -> str:
    """Whether it became better or worse; most figures are neither by themselves."""
    now, before = change.now, change.before
    if before is None or now.value is None or before.value is None or now.value == before.value:
        return ""
    more = now.value > before.value
    if now.name in BETTER_MORE:
        return "better" if more else "worse"
    if now.name in BETTER_LESS:
        return "worse" if more else "better"
    return ""


def _alerts(answer: Answer) -> list[dict[str, str]]:
    words, told = answer.words, []
    for one in answer.told.crossings:
        product, *batch = one.ppm.of
        name = " ".join((words.name("product", product), *batch))
        shown = ", ".join(one.cases[:MOST_CASES])
        more = words.say("alert_more", n=len(one.cases)) if len(one.cases) > MOST_CASES else ""
        told.append(
            {
                "title": words.say(
                    "alert_title", product=name, ppm=words.figure(one.ppm), limit=f"{one.limit:,.0f}"
                ),
                "cases": f"{shown} {more}".strip(),
            }
        )
    return told


def _table(table: Table, words: Wording) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": words.name("table", table.key),
        "columns": [words.column(one) for one in table.columns],
        "names": list(table.columns),
        "rows": [[_cell(cell, words) for cell in row] for row in table.rows],
    }


def _cell(cell: Cell, words: Wording) -> Mapping[str, Any]:
    """The text of a cell, and what a chart makes of it."""
    match cell:
        case Figure():
            return _told(cell, words)
        case Change():
            return {"text": words.change(cell), "mood": _mood(cell)}
        case Part():
            return {"text": words.cell(cell), "value": cell.share, "unit": Unit.SHARE.value}
        case bool():
            return {"text": words.cell(cell), "flag": cell}
        case int() | float():
            return {"text": words.cell(cell), "value": cell, "unit": Unit.COUNT.value}
    return {"text": words.cell(cell)}


def _told(one: Figure, words: Wording) -> dict[str, Any]:
    n = {} if one.unit in BARE or one.exact is None else {"n": words.say("n", n=f"{one.n:,}")}
    few = {"few": True} if one.value is None else {}
    return {"text": words.figure(one), "value": one.value, "unit": one.unit.value, **n, **few}
