"""A brand's own words keep the rules wherever customers read them."""

import pytest

from bot.wording import Catalogue, Finding, findings, our_replies
from tests.wording.conftest import Shelve

SPOILT = [
    ("zh/canned/late.html.j2", '{#\nwhen = "x"\ntitle = "x"\n#}\n这几天太忙。', "太忙"),
    ("en/canned/late.html.j2", '{#\nwhen = "x"\ntitle = "x"\n#}\nWe were busy.', "busy"),
    (
        "zh/opening/hello.html.j2",
        "您好，我是机器人，编号{{ no }}，都记着，转人工。您应该先说。",
        "您应该",
    ),
    ("zh/buttons.toml", 'human = "亲，转人工"', "human: 亲"),
    ("en/buttons.toml", 'human = "Calm down"', "human: Calm down"),
    ("zh/commands.toml", 'help = "马上帮您"', "help: 马上"),
    ("zh/terms.toml", '[causes]\ndelivery = ["是快递的错"]', "快递的错"),
    ("en/terms.toml", '[teams]\ngeneral = "our manager Mr Li"', "manager Mr"),
]


@pytest.fixture(name="found", scope="module")
def _found(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """What is found where all of them stand beside ours: to look through every reply takes seconds."""
    folder = tmp_path_factory.mktemp("replies")
    for path, text, _ in SPOILT:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return findings(Catalogue.load([folder, our_replies()]))


@pytest.mark.practice("S26", "S61", "S85", "S88")
@pytest.mark.parametrize(("path", "words"), [(path, words) for path, _, words in SPOILT])
def test_a_brand_s_own_words_keep_the_rules_wherever_customers_read_them(
    found: list[Finding], path: str, words: str
) -> None:
    """Canned lines, overrides, buttons, the menu and terms: the finding shows the words and the reason."""
    here = [one for one in found if one.file.endswith(path)]
    assert any(words in one.words and "rather: " in one.hint for one in here), [str(one) for one in found]


@pytest.mark.practice("S26", "S76")
def test_a_brand_that_writes_traditional_is_held_to_the_same(shelve: Shelve) -> None:
    """Overrides and terms in zh-Hant are read as Simplified by the check, and shown to nobody that way."""
    shelve("zh-Hant/opening/listening.html.j2", "您誤會了。")
    folder = shelve("zh-Hant/terms.toml", '[causes]\ndelivery = ["您誤會了"]')
    found = findings(
        Catalogue.load([folder, our_replies()]), lambda text: text.translate(str.maketrans("誤會", "误会"))
    )
    assert {one.source for one in found if "误会" in one.words} == {"S46, S86"}
    assert len([one for one in found if "误会" in one.words]) == 2
