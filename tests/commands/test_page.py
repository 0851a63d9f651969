"""`check --page` writes the writers' page, and ends as `check` does."""

from pathlib import Path

from tests.commands.conftest import Run


async def test_it_writes_one_page_and_ends_as_check_does(run: Run, tmp_path: Path) -> None:
    """Nothing found: exit code 0, and every reply is on the page in the brand's voice."""
    ended = await run("check", "--page", "page.html", token=None, desk=None)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert (ended.code, ended.out.decode().splitlines()[-1]) == (0, "0 findings.")
    assert 'data-name="opening/hello"' in page
    assert "禾穗" in page
    assert "Hesui" in page


async def test_what_is_found_is_on_it_and_makes_the_exit_code_1(run: Run, tmp_path: Path) -> None:
    """An override that says "but", a name in the brand file that pities, and a reply in Traditional that blames."""
    late = tmp_path / "replies" / "zh" / "people" / "late.html.j2"
    blames = tmp_path / "replies" / "zh-Hant" / "opening" / "listening.html.j2"
    for file, words in ((late, "很抱歉，但是没有。"), (blames, "您誤會了。")):
        file.parent.mkdir(parents=True)
        file.write_text(words, encoding="utf-8")
    brand = tmp_path / "brand.toml"
    brand.write_text('name = { zh = "可怜牌", en = "A" }\nhotline = "400"\n', encoding="utf-8")
    ended = await run(
        "check", "--page", "page.html", token=None, desk=None, replies=late.parents[2], brand=brand
    )
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert ended.code == 1
    for rule in ("(S85)", "(S60)", "(S46, S86)"):
        assert rule in ended.out.decode()
    assert "<mark>但</mark>" in page
    assert "name: 可怜" in page


async def test_a_file_that_cannot_be_written_is_one_line(run: Run, tmp_path: Path) -> None:
    """A folder that is missing, a folder instead of a file, a place that takes no file: exit code 2."""
    for place in ("missing/page.html", str(tmp_path), "/proc/page.html"):
        ended = await run("check", "--page", place, token=None, desk=None)
        assert (ended.code, len(ended.lines), ended.out) == (2, 1, b"")
        assert "--page" in ended.lines[0]


async def test_without_replies_there_is_no_page(run: Run, tmp_path: Path) -> None:
    """A brand file that cannot be read is a finding, and one line says that the page is not written."""
    (tmp_path / "brand.toml").write_text("name = ", encoding="utf-8")
    ended = await run("check", "--page", "page.html", token=None, desk=None, brand=tmp_path / "brand.toml")
    assert (ended.code, len(ended.lines)) == (1, 1)
    assert not (tmp_path / "page.html").exists()
