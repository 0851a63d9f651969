"""Replies that somebody wrote to do harm: they are refused with their file and line, or end soon with a clear word."""

from pathlib import Path

import pytest

from bot.complaint.errors import ReplyWrong
from bot.complaint.reading import Language
from bot.wording import Catalogue, our_replies
from tests.processes import clean_environment, command

TEXT = "字" * 4096


def reply(folder: Path, source: str, name: str = "a") -> Path:
    """A brand's folder with this reply."""
    file = folder / "replies" / "zh" / f"{name}.html.j2"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'{{#\nwhen = "x"\n[fields]\ntext = "x"\nmany = []\n#}}\n{source}', "utf-8")
    return folder / "replies"


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(9) %}x{% endfor %}",
        "{{ lipsum(9999) }}",
        "{{ cycler(1, 2) }}",
        "{{ text|safe }}",
        "{{ text|format(1) }}",
        "{{ text|center(999999999) }}",
        "{{ text|batch(999999999, 'x')|list }}",
        "{{ many|map('center', 999999999)|list }}",
        "{{ text|attr('__class__') }}",
        "{{ many|map(attribute='__class__')|first }}",
        "{{ text.__class__.__mro__ }}",
        "{{ text['__class__'] }}",
        "{{ term.__globals__ }}",
        "{{ text.replace('x', text) }}",
        "{{ '{0.__class__}'.format(text) }}",
        "{{ 'x' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%999999999d' % 1 }}",
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% set a %}{{ text }}{% endset %}{{ a }}",
        "{% include '../../../../../../../etc/passwd' %}",
        "{% include '/etc/passwd' %}",
        "{% include text %}",
        "{% import 'a' as b %}",
        "{% extends 'a' %}",
        "{% include 'a' %}{% include 'a' %}",
    ],
)
def test_what_no_reply_needs_is_refused_with_its_file(tmp_path: Path, source: str) -> None:
    """Walks to objects, makers of endless text, raw fields, files from elsewhere, replies that call themselves."""
    folder = reply(tmp_path, source)
    with pytest.raises(ReplyWrong, match=r"a\.html\.j2"):
        Catalogue.load([folder, our_replies()]).render("a", Language.ZH, {"text": "x", "many": ["x"]})


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (
            "{% for a in text %}{% for b in text %}{% for c in text %}{% endfor %}{% endfor %}{% endfor %}",
            "steps",
        ),
        ("{% set a = text ~ text %}" + "{% set a = (a ~ a)|upper %}" * 40 + "{{ a }}", "characters"),
        ("{% set a = [text] %}" + "{% set a = a + a %}" * 40 + "{{ a|length }}", "grow"),
        ("{% set a = 99999 %}" + "{% set a = a * a %}" * 40 + "{{ a }}", "grow"),
        ("{{ text|list|join(text) }}", "characters"),
        ("{% for a in text %}{{ text }}{% endfor %}", "characters"),
    ],
)
def test_what_would_not_end_ends(tmp_path: Path, source: str, says: str) -> None:
    """Loops have their steps counted, and words their length, before memory or time run out."""
    catalogue = Catalogue.load([reply(tmp_path, source), our_replies()])
    with pytest.raises(ReplyWrong, match=says):
        catalogue.render("a", Language.ZH, {"text": TEXT, "many": []})


def test_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    """Whoever may write replies reads no other file by a link, and no table either."""
    secret = tmp_path / "secret.html.j2"
    secret.write_text("the password is hunter2")
    folder = reply(tmp_path, "一")
    (folder / "zh" / "b.html.j2").symlink_to(secret)
    with pytest.raises(ReplyWrong, match="outside") as told:
        Catalogue.load([folder, our_replies()])
    assert "hunter2" not in str(told.value)
    (folder / "zh" / "b.html.j2").unlink()
    table = tmp_path / "terms.toml"
    table.write_text("hunter2")
    (folder / "zh" / "terms.toml").symlink_to(table)
    with pytest.raises(ReplyWrong, match="outside"):
        Catalogue.load([folder, our_replies()])


def test_links_inside_the_folder_are_fine(tmp_path: Path) -> None:
    """As mounted folders of settings have them."""
    folder = reply(tmp_path, "一", "..data")
    (folder / "zh" / "b.html.j2").symlink_to(folder / "zh" / "..data.html.j2")
    assert Catalogue.load([folder, our_replies()]).render("b", Language.ZH, {}) == "一"


async def test_check_names_the_line(tmp_path: Path) -> None:
    """`complaint-bot check` says which file, which line, and what is not for replies."""
    folder = reply(tmp_path, "一\n{% for a in text recursive %}{% endfor %}")
    told = await command("check", cwd=tmp_path, env=clean_environment(replies=folder))
    assert told.code == 1
    assert "a.html.j2, line 8: a recursive loop is not for replies" in told.out.decode()
