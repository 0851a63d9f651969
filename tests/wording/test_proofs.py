"""The writers' page: every reply as readers see it, and what is wrong beside it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from markupsafe import escape

from bot.complaint.reading import Language
from bot.wording import Catalogue, findings, our_replies
from bot.wording.bubble import bubble
from bot.wording.proofs import Proof, buttons, proof_page, proofs, words

Shelve = Callable[[str, str], Path]


@pytest.fixture(name="page", scope="session")
def _page(ours: Catalogue) -> str:
    return proof_page(ours, [])


@pytest.fixture(name="shown", scope="session")
def _shown(ours: Catalogue) -> dict[str, Proof]:
    return {f"{'desk/' if one.desk else ''}{one.name}": one for one in proofs(ours, [])}


def test_it_holds_every_reply_of_both_languages(ours: Catalogue, page: str) -> None:
    """What a reader sees in the first case stands on it, with when it is said, for customers and the desk."""
    for desk in (False, True):
        for name in ours.names(desk=desk):
            assert f'data-name="{"desk/" if desk else ""}{name}"' in page
            for language in (Language.ZH, Language.EN):
                one = ours.page(name, language, desk=desk)
                assert str(escape(one.front.when)) in page, one.file
                if one.front.kind != "part":
                    render = ours.desk if desk else ours.render
                    html = render(name, language, next(iter(ours.samples(one))))
                    assert str(bubble(html)) in page, one.file


def test_it_needs_nothing_beside_it(page: str) -> None:
    """No address is loaded: not for a style, a letter, a picture or a program; and the page itself forbids it."""
    assert not re.search(r"<link[^>]+href=\"(?!data:)|\ssrc=|@import|url\(", page)
    assert "default-src 'none'" in page


def test_every_reply_has_its_step(shown: dict[str, Proof]) -> None:
    """No folder of customers' replies is without a name; the desk's stand in parts, with few among the rest."""
    rest = [proof for proof in shown.values() if proof.step == words()["steps"]["other"]]
    assert [proof.name for proof in rest if not proof.desk] == []
    assert len(rest) < 20


def test_the_cases_are_those_that_differ(shown: dict[str, Proof]) -> None:
    """A reply without conditions has one case; one that speaks of the goods has one for each thing it can say."""
    assert len(shown["agreement/change"].cases) == 1
    thanks = shown["listening/thanks_sorry"]
    assert any("food_safety" in case.given for case in thanks.cases)
    assert any("product ✕" in case.given for case in thanks.cases)
    said = [case.cells[0].html for case in thanks.cases if case.cells[0].html]
    assert len(set(said)) > 10


@pytest.mark.practice("S20", "S28")
def test_it_tells_how_far_a_reply_apologises(shown: dict[str, Proof]) -> None:
    """0 where nothing is apologised for, 3 where fault is owned, nothing at the desk."""
    levels = {
        name: shown[name].level for name in ("opening/hello", "people/late", "people/upheld", "desk/card")
    }
    assert levels == {"opening/hello": 0, "people/late": 2, "people/upheld": 3, "desk/card": None}


def test_buttons_stand_under_their_reply_with_their_labels(shown: dict[str, Proof]) -> None:
    """In each language, filled in as a reader would see them."""
    card, call = shown["agreement/card"], shown["calming/call_back"]
    assert [side.buttons for side in card.sides] == [(("同意", "改一改"),), (("Agreed", "Change something"),)]
    assert "9:30" in call.sides[0].buttons[0][0]


def test_every_button_of_the_table_has_a_reply(ours: Catalogue) -> None:
    """No label of ours is missing on the page, and the page names no button and no reply that is not there."""
    for desk, part in ((False, "customer"), (True, "desk")):
        table = buttons()[part]
        shown = {one for rows in table.values() for row in rows for one in row}
        labels = set(ours.shelf(Language.ZH, desk=desk).lexicon.buttons)
        assert set(table) <= set(ours.names(desk=desk))
        assert shown <= labels, shown - labels
        assert labels - shown <= NOT_OF_A_REPLY, labels - shown


NOT_OF_A_REPLY = frozenset({"today_afternoon", "tomorrow_morning", "tomorrow_afternoon"})
"""Labels that no reply carries."""


SPOILT = {
    "zh/people/late.html.j2": "很抱歉，但是仓库<b>太忙</b>了。",
    "zh/people/upheld.html.j2": "<b>没有关上，您误会了",
    "zh/buttons.toml": 'human = "亲，转人工"',
    "zh/canned/mine.html.j2": '{#\nwhen = "x"\n#}\n好的。',
    "en/opening/hello.html.j2": "{{ nothing }}",
}
"""What a writer got wrong, by its file."""


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A brand with all of that: what each reply shows, and the page."""

    shown: dict[str, Proof]
    page: str


@pytest.fixture(name="spoilt", scope="module")
def _spoilt(tmp_path_factory: pytest.TempPathFactory) -> Spoilt:
    folder = tmp_path_factory.mktemp("replies")
    for path, text in SPOILT.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    catalogue = Catalogue.load([folder, our_replies()])
    found = findings(catalogue)
    page = proof_page(catalogue, found, ["COMPLAINT_BOT_DESK: no <group>"])
    return Spoilt({one.name: one for one in proofs(catalogue, found)}, page)


@pytest.mark.parametrize("name", ["people/late", "people/upheld"])
def test_a_broken_override_shows_its_finding_in_its_place(spoilt: Spoilt, name: str) -> None:
    """Beside the reply stand the words, the reason and the source; the words themselves are marked."""
    proof = spoilt.shown[name]
    assert proof.findings
    assert not proof.sides[1].findings
    assert "<mark>" in proof.cases[0].cells[0].html
    assert all(str(escape(one.hint)) in spoilt.page for one in proof.findings)


def test_what_no_single_reply_holds_stands_above_all(spoilt: Spoilt) -> None:
    """A label, a term or a setting that is wrong is told at the head of the page."""
    head = spoilt.page.split('class="part"')[0]
    assert "human: 亲" in head
    assert "no &lt;group&gt;" in head


def test_a_reply_that_cannot_be_shown_says_why(spoilt: Spoilt) -> None:
    """A field that is missing, or a language, is told where the bubble would be."""
    assert "Cannot be shown" in spoilt.page
    assert "Not written" in spoilt.page


def test_a_brand_that_writes_traditional_gets_its_column(shelve: Shelve) -> None:
    """Side by side with the other two."""
    folder = shelve("zh-Hant/opening/listening.html.j2", "我在聽，您請說。")
    catalogue = Catalogue.load([folder, our_replies()])
    assert 'lang="zh-TW"' in proof_page(catalogue, [])


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<b>好</b>\n1 &lt; 2", "<b>好</b>\n1 &lt; 2"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<b><i>好", "<b><i>好</i></b>"),
        ("好</b>", "好&lt;/b&gt;"),
        (
            '<a href="https://a.b/?x=1&amp;y" onclick="x()">去</a>',
            '<a href="https://a.b/?x=1&amp;y" rel="noopener noreferrer">去</a>',
        ),
        ('<a href="javascript:x()">去</a>', "<a>去</a>"),
        ("<tg-spoiler>猜</tg-spoiler>", '<span class="spoiler">猜</span>'),
        ("<blockquote expandable>长</blockquote>", "<blockquote>长</blockquote>"),
    ],
)
def test_a_bubble_is_safe_and_closed(html: str, shown: str) -> None:
    """Telegram's tags are shown; whatever else a writer types is shown as typed, and breaks no page."""
    assert bubble(html) == shown
