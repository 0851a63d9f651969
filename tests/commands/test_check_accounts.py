"""`check` on the brand's own accounts: what is missing, and where on which phone it is given."""

from pathlib import Path

from bot.complaint.ids import UserId
from bot.complaint.records import Round
from bot.config import DEMO_BRAND
from bot.store import open_store
from tests.commands.conftest import Run
from tests.contract.store import NOW, an_account

MOON = 'name = { zh = "月亮茶铺", en = "Moon Tea" }\nhotline = "400-111-2222"\n'


async def test_an_account_that_took_the_right_back_is_a_finding(
    run: Run, settings: dict[str, object]
) -> None:
    """The operator reads whose account it is, and which switch on that phone gives the right again."""
    store = await open_store(str(settings["database"]))
    door = await store.door_for(UserId(4))
    await store.write(Round(at=NOW, accounts=[an_account(door, can_reply=False)]))
    await store.close()

    ended = await run("check")

    assert ended.code == 1
    assert "may not reply for 小店 (4)" in ended.out.decode()
    assert "Reply to Messages" in ended.out.decode()


async def test_an_account_of_the_brand_file_that_never_connected_is_a_finding(
    run: Run, tmp_path: Path
) -> None:
    """A brand file names an account: until its owner connects the bot, `check` says so."""
    own = DEMO_BRAND.read_text("utf-8")
    (tmp_path / "moon.toml").write_text(MOON, "utf-8")
    accounts = '\n[[accounts]]\nowner = 77\nbrand = "moon.toml"\n'
    (tmp_path / "brand.toml").write_text(own + accounts, "utf-8")

    ended = await run("check", brand=tmp_path / "brand.toml")

    assert ended.code == 1
    assert "the account of 77 is not connected yet" in ended.out.decode()


async def test_a_second_brands_words_are_looked_through_and_what_it_shares_is_said(
    run: Run, tmp_path: Path
) -> None:
    """Its own replies break a rule: that is a finding with the file; and the operator reads what is not its own."""
    own = DEMO_BRAND.read_text("utf-8")
    words = tmp_path / "moon" / "zh" / "offer"
    words.mkdir(parents=True)
    (words / "withdrawn.html.j2").write_text('{#\nwhen = "收回"\n#}\n亲，方案收回了，尽快再说。\n', "utf-8")
    (tmp_path / "moon.toml").write_text(MOON, "utf-8")
    accounts = '\n[[accounts]]\nowner = 77\nbrand = "moon.toml"\nreplies = "moon"\n'
    (tmp_path / "brand.toml").write_text(own + accounts, "utf-8")

    ended = await run("check", brand=tmp_path / "brand.toml")

    told = ended.out.decode() + ended.err
    assert ended.code == 1
    assert "withdrawn" in told
    assert "accounts 77: Moon Tea has its own name, hours, words, queues" in told
    assert "Shared with the common brand" in told


async def test_a_folder_of_replies_that_is_not_there_is_a_finding(run: Run, tmp_path: Path) -> None:
    """An account's folder of replies is named wrongly: one line says whose."""
    (tmp_path / "moon.toml").write_text(MOON, "utf-8")
    accounts = '\n[[accounts]]\nowner = 77\nbrand = "moon.toml"\nreplies = "nowhere"\n'
    (tmp_path / "brand.toml").write_text(DEMO_BRAND.read_text("utf-8") + accounts, "utf-8")

    ended = await run("check", brand=tmp_path / "brand.toml")

    assert ended.code == 1
    assert "accounts 77: replies:" in ended.out.decode()
