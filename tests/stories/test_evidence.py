"""Evidence finds its way to those who need it."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.commands.exporting import Export, export_cases
from bot.sandbox.files import Upload
from tests.stories.stage import Stage

HELD = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…
    林晓: 您好，我来处理
    机器人: 客服同事已经接手…
    机器人: 您好，我来处理
"""


@pytest.mark.practice("R31", "S74", "S18")
async def test_pictures_sent_before_the_hand_over_are_there_for_whoever_takes_over(stage: Stage) -> None:
    """The new topic gets copies of what the customer sent before anybody was called."""
    await stage.play("""
        客户: 收到的电热壶壶身瘪了
        机器人: …
        -- 4秒
        机器人: …
        客户发图: 瘪的地方
        -- 4秒
        机器人: …
        客户: 转人工
        机器人: …
    """)
    topic = stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)
    assert [one.media[0] for one in topic if one.media] == ["photo"]


async def _exported(stage: Stage, folder: Path) -> dict[str, Any]:
    """The newest case as `complaint-bot export` gives it, its files in `folder / "files"`."""
    out = folder / "cases.jsonl"
    no = await stage.case_no()
    await export_cases(f"sqlite:///{folder / 'desk.db'}", Export(case_no=no, out=out, files=folder / "files"))
    line: dict[str, Any] = msgspec.json.decode(out.read_bytes())
    return line


@pytest.mark.practice("S32", "S38", "S18")
async def test_files_of_both_sides_come_out_of_the_export_as_they_were_sent(
    stage: Stage, tmp_path: Path
) -> None:
    """Every kind of file, from the customer and from the desk, is kept with its hash and written out unchanged."""
    deeds = ("发文件", "发语音", "发音频", "发视频", "发圆视频", "发动图", "发贴纸")
    log = "\n".join(f"客户{deed}: 请看\n林晓{deed}: 您看\n机器人: …" for deed in deeds)
    await stage.play(
        f"{HELD}\n客户发相册: 三张\n{log}\n林晓发图: // 仓库里也有\n客户发位置: -\n客户发名片: -"
    )
    case = await _exported(stage, tmp_path)
    kept = [one for one in case["evidence"] if one["state"] is not None]
    assert {one["state"] for one in kept} == {"kept"}
    assert len(kept) == 3 + 2 * len(deeds) + 1
    sent = {file.unique_id: file.data for file in stage.demo.world.files.by_id.values()}
    assert {one["unique_id"] for one in kept} == set(sent)
    for one in kept:
        data = sent[one["unique_id"]]
        assert (one["sha256"], one["size"]) == (sha256(data).hexdigest(), len(data))
        assert (tmp_path / "files" / one["file"]).read_bytes() == data
        assert one["file"].partition(".")[0] == one["sha256"]
    pdf = [one for one in kept if one["name"] == "receipt.pdf"]
    assert [one["file"].rpartition(".")[2] for one in pdf] == ["pdf", "pdf"]
    places = [one["kind"] for one in case["evidence"] if one["state"] is None]
    assert places == ["location", "contact"]


@pytest.mark.practice("S32")
async def test_every_version_of_a_picture_is_kept(stage: Stage, tmp_path: Path) -> None:
    """Whoever puts another picture in the place of one, or deletes it, takes nothing out of the case."""
    await stage.play(f"{HELD}\n客户发图: 裂缝")
    world, person = stage.demo.world, stage.demo.customer
    shown = next(one for one in world.history(person.id) if one.media)
    better = world.files.keep("photo", Upload(data=b"\xff\xd8 a better one", name="b.jpg"))
    world.revise(shown, better.content(), by=person)
    await stage.settle()
    world.delete(person.id, shown.id)
    case = await _exported(stage, tmp_path)
    assert [one["state"] for one in case["evidence"]] == ["kept", "kept"]
    assert case["evidence"][1]["sha256"] == sha256(better.data).hexdigest()
    named = [
        one["media"]["unique_id"] for one in case["messages"] if one["media"] and one["from"] == "customer"
    ]
    assert named == [one["unique_id"] for one in case["evidence"]]


@pytest.mark.practice("S32")
async def test_a_file_that_is_too_big_is_named_with_its_reason(
    stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Telegram gives bots 20 MB at most; what is larger stays in the chat, and the export says so."""
    await stage.play(HELD)
    large = Upload(data=b"\0" * (20 * 1024 * 1024 + 1), name="拆箱.mp4")
    stage.demo.world.send_file(stage.demo.customer.id, "video", large)
    await stage.settle()
    await stage.play("客户发图: 封面")
    case = await _exported(stage, tmp_path)
    video, photo = case["evidence"]
    assert (video["state"], video["sha256"], video["name"]) == ("too_big", None, "拆箱.mp4")
    assert str(len(large.data)) in video["reason"]
    assert photo["state"] == "kept"
    assert [file.name for file in (tmp_path / "files").iterdir()] == [photo["file"]]
    assert "拆箱.mp4" in capsys.readouterr().err


async def test_a_telegram_that_gives_no_files_holds_nobody_up(stage: Stage, tmp_path: Path) -> None:
    """People are answered and relayed as ever; the files come when Telegram gives them again."""
    stage.demo.world.fail_next("getFile", code=502, times=3)
    await stage.play(f"""
        {HELD}
        客户发图: 请看
        客户: 看到了吗
        林晓: 看到了
        机器人: 看到了
    """)
    no = await stage.case_no()
    (waiting,) = (await stage.house.store.files_of([no]))[no]
    assert waiting.state == "waiting"
    for _ in range(3):
        await stage.pass_time(timedelta(minutes=1))
    case = await _exported(stage, tmp_path)
    assert [one["state"] for one in case["evidence"]] == ["kept"]


@pytest.mark.practice("S38", "R3")
async def test_the_export_of_a_case_tells_who_did_what_and_proves_it(stage: Stage, tmp_path: Path) -> None:
    """Every act at the desk with who, when, before and after, refused ones too; the seals are those of the audit."""
    await stage.play("""
        客户: 转人工，电热壶不通电
        机器人: …已为您转人工…
        林晓: 您好，我来处理
        机器人: 客服同事已经接手…
        机器人: 您好，我来处理
        林晓: // 让仓库查一下
        王珂点: 交回机器人
        提示: …
    """)
    case = await _exported(stage, tmp_path)
    acts = case["audit"]
    assert {"speak", "note"} <= {one["act"] for one in acts if one["refused"] is None}
    taken = next(one for one in acts if one["act"] == "speak")
    assert (taken["name"], taken["by"]) == ("林晓", stage.demo.agents[0].id)
    assert taken["before"] != taken["after"]
    assert taken["at"].endswith("+00:00")
    refused = [one for one in acts if one["name"] == "王珂"]
    assert [one["refused"] for one in refused] == ["held"]
    sealed = [one async for one in stage.house.store.deeds()]
    assert [one["seal"] for one in acts] == [
        one.seal for one in sealed if one.deed.case_no == case["case_no"] and one.deed.act != "export"
    ]
    assert await stage.house.store.broken_seal() is None
