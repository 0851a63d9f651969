"""What the outside reads of a case: where it came from, whose consent there is, and nothing that only a few may see."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from bot.commands.export_lines import CASES, export_line, without_restricted
from bot.complaint.case import Evidence, Facts, Task
from bot.complaint.deskwork import TaskKind
from bot.complaint.ids import CaseNo, ChatId, MessageId
from bot.complaint.incidents import IncidentNo
from bot.complaint.notices import Notice, NoticeKind
from bot.complaint.records import Entry
from bot.complaint.seen import MEDICAL, Leave, Restricted
from bot.store.port import TimelineRow
from tests.contract.store import NOW, a_case

WORDS = "诊断为急性胃肠炎"


def _lines(*entries: Entry) -> list[TimelineRow]:
    return [TimelineRow(entry=one, delivery=None) for one in entries]


def _said(text: str, **more: Any) -> Entry:  # noqa: ANN401 - an entry's own fields
    return Entry(case_no=CaseNo("000-0001"), at=NOW, who="customer", chat=ChatId(7), text=text, **more)


@pytest.mark.practice("R49", "S106", "S120")
def test_it_tells_origin_consent_notices_and_links() -> None:
    """Every field in its own form, in JSON as in the table; old ones keep their names."""
    notice = Notice(
        kind=NoticeKind.TRANSFER,
        authority="浦东市监局",
        received=date(2026, 6, 30),
        source="x",
        ref="2026-118",
    )
    task = Task(id="t1", kind=TaskKind.NOTICE, what="", owner="legal", made_at=NOW, due_at=NOW, notice=notice)
    case = a_case("000-0001", 7, channel="phone", source_ref="131", tasks=(task,)).evolve(
        facts=Facts(on_behalf_of="parent", consent="yes", consent_at=NOW, zone="Asia/Tokyo", phone_own=True),
        incident=IncidentNo(3),
        merged_into=CaseNo("000-0002"),
    )
    came = Entry(case_no=case.no, at=NOW, who="system", chat=ChatId(7), text="came_by_link: pack", note=True)
    line = export_line(case, _lines(came))
    assert (line["channel"], line["source_ref"], line["incident"]) == ("phone", "131", 3)
    assert line["consent"] == {
        "on_behalf_of": "parent",
        "minor": None,
        "words": "yes",
        "at": NOW.isoformat(),
    }
    assert (line["zone"], line["phone_own"]) == ("Asia/Tokyo", True)
    assert [(one["authority"], one["due_at"], one["state"]) for one in line["notices"]] == [
        ("浦东市监局", NOW.isoformat(), "open")
    ]
    assert line["came_by"] == [{"at": NOW.isoformat(), "what": "pack"}]
    assert line["links"]["merged_into"] == "000-0002"
    row = dict(zip(CASES.columns, CASES.row(msgspec.json.decode(msgspec.json.encode(line))), strict=True))
    assert (row["consent"], row["notices_open"], row["notice_due"], row["came_by"]) == (
        "yes",
        1,
        NOW.isoformat(),
        "pack",
    )


@pytest.mark.practice("R52")
def test_what_only_a_few_may_see_is_left_out_unless_it_is_asked_for() -> None:
    """Words, the way to a file and its name; that there is something, and what sort, is told."""
    mark = Restricted(at=NOW, chat=ChatId(7), message=MessageId(5), what=MEDICAL, why="words")
    given = Evidence(at=NOW, kind="photo", file_id="F1", unique_id="U1", message=MessageId(5))
    leave = Leave(what=MEDICAL, asked_at=NOW, given=True, at=NOW + timedelta(minutes=1), words="同意")
    case = a_case("000-0001", 7).evolve(restricted=(mark,), leaves=(leave,), evidence=(given,))
    rows = _lines(
        _said("电热壶漏水", message=MessageId(4)),
        _said(WORDS, message=MessageId(5), media={"kind": "photo", "file_id": "F1"}),
    )
    plain, whole = export_line(case, rows), export_line(case, rows, restricted=True)
    assert [one["text"] for one in plain["messages"]] == ["电热壶漏水", ""]
    assert plain["messages"][1]["media"] == {"kind": "photo"}
    assert plain["messages"][1]["restricted"] == MEDICAL
    assert WORDS not in msgspec.json.encode(plain).decode()
    assert whole["messages"][1]["text"] == WORDS
    assert plain["sensitive_consents"][0]["words"] == "同意"
    (told,) = plain["restricted_messages"]
    assert (told["message_id"], told["what"], told["consent_taken_back_at"]) == (5, MEDICAL, None)
    evidence = [{"message": 5, "file_id": "F1", "file": "aa.jpg", "name": "病历.jpg", "sha256": "aa"}]
    (left,) = without_restricted(case, evidence)
    assert (left["file_id"], left["file"], left["name"], left["sha256"]) == ("", None, None, None)
