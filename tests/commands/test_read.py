"""`read`: a line in, a line out, in order."""

import msgspec
import pytest

from tests.commands.conftest import Run

LABELS = {"id", "lang", "category", "risks", "remedy", "slots", "is_complaint"}


async def test_each_message_becomes_a_line_with_every_label(run: Run) -> None:
    """Ids come back as they were given, empty lines are passed over, order is kept."""
    given = [
        {"id": 1, "text": "电热壶不通电，订单8841，我要退款89元"},
        {"id": "b", "text": "I want my money back", "lang": "en"},
        {"id": "3", "text": "你好"},
    ]
    lines = b"\n\n".join(msgspec.json.encode(one) for one in given)
    ended = await run("read", given=lines, token=None, desk=None)
    read = [msgspec.json.decode(line) for line in ended.out.splitlines()]
    assert (ended.code, ended.err) == (0, "")
    assert [one["id"] for one in read] == [1, "b", "3"]
    assert all(set(one) == LABELS for one in read)
    assert [one["is_complaint"] for one in read] == [True, True, False]
    assert read[0]["remedy"]["kind"] == "refund"
    assert read[0]["remedy"]["amount"] == 89
    assert [one["lang"] for one in read] == ["zh", "en", "zh"]


@pytest.mark.parametrize("bad", [b"not json", b'{"id":1}', b'["text"]', b"\xff\xfe", b'{"id":1,"text":null}'])
async def test_a_line_that_cannot_be_read_is_named_by_its_number(run: Run, bad: bytes) -> None:
    """What came before it is answered; the line itself is not quoted, it may be a customer's."""
    ended = await run("read", given=b'{"id":1,"text":"ok"}\n' + bad + b"\n")
    assert ended.code == 2
    assert len(ended.out.splitlines()) == 1
    assert len(ended.lines) == 1
    assert "line 2" in ended.err
