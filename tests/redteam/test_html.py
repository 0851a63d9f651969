"""No words of people make HTML, in whatever reply they stand."""

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.complaint.reading import Language
from bot.complaint.signs import shown, shown_name
from bot.wording import Catalogue, Voice, our_replies
from bot.wording.splitting import split

SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]")
TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"}
PIECES = st.sampled_from(
    [
        "<",
        ">",
        "&",
        '"',
        "'",
        "</b>",
        "<b>",
        "<a href=x>",
        "&lt;",
        "&#60;",
        "\n",
        "{{",
        "坏",
        "\u202e",
        "\x00",
        "\x1e",
        "\ufffe",
        "<br>",
        "<!--",
        "]]>",
        "　",
    ]
)
ANYTHING = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join)


class Read(HTMLParser):
    """Reads HTML as Telegram does: every tag is one that may be, and closes in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        assert tag in TAGS, tag
        assert {name for name, _ in attrs} <= ({"href"} if tag == "a" else {"expandable"}), attrs
        assert all((value or "").startswith(("tg://", "https://")) for name, value in attrs if name == "href")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        assert self.open.pop() == tag


def sound(html: str) -> None:
    """Fails if this is not what Telegram takes."""
    reader = Read()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    assert not SIGNS.search(html)
    assert not re.search("&(?!(?:lt|gt|amp|quot|#34|#39);)", html)


CATALOGUE = Catalogue.load(
    [our_replies()], Voice(brand={"zh": "禾满", "en": "Heman"}, hotline="400", hours="9–21")
)
REPLIES = [
    (desk, name)
    for desk in (False, True)
    for name in CATALOGUE.names(desk=desk)
    if not name.rpartition("/")[2].startswith("_")
]


def written(value: object, words: str) -> object:
    """The same fields with other people's words in every place that holds words beside the trade's own."""
    if isinstance(value, dict):
        return {
            key: words if key in WORDS and isinstance(one, str) else written(one, words)
            for key, one in value.items()
        }
    return [written(one, words) for one in value] if isinstance(value, list) else value


WORDS = frozenset(
    {
        *(
            "text",
            "by",
            "before",
            "customer",
            "product",
            "cue",
            "detail",
            "why",
            "wish_said",
            "words",
            "name",
        ),
        *(
            "title",
            "note",
            "finding",
            "prevention",
            "best_time",
            "command",
            "asked",
            "outcome",
            "owner",
            "store",
        ),
    }
)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(REPLIES), st.sampled_from(Language), ANYTHING)
def test_no_words_of_people_make_html(which: tuple[bool, str], language: Language, words: str) -> None:
    """Every reply and every line at the desk, whatever stands in its fields: whole, cut, with known tags alone."""
    desk, name = which
    page = CATALOGUE.page(name, language, desk=desk)
    fields = written(dict(next(iter(CATALOGUE.samples(page)))), words)
    assert isinstance(fields, dict)
    html = CATALOGUE.desk(name, language, fields) if desk else CATALOGUE.render(name, language, fields)
    sound(html)
    for part in split(html, 40):
        sound(part)


@given(st.text(max_size=300))
def test_what_is_shown_has_no_tricks_left(text: str) -> None:
    """No control, no turned direction; a name is one short line; what is shown twice is shown the same."""
    assert not SIGNS.search(shown(text))
    assert shown(shown(text)) == shown(text)
    name = shown_name(text)
    assert len(name) <= 64
    assert name == " ".join(name.split())
