import pytest

from bot.complaint.reading import Language
from bot.wording import Catalogue, findings, plain, split


@pytest.mark.practice("S12", "S26", "S43", "S46", "S60", "S85", "S90", "R21", "R46")
def test_our_replies_keep_every_rule(ours: Catalogue) -> None:
    """No reply, button or term of ours is missing, broken or against the trade's tone, in either language."""
    assert [str(one) for one in findings(ours)] == []


def test_every_reply_of_ours_fits_one_message(ours: Catalogue) -> None:
    """Samples of every reply are one Telegram message with something in it."""
    for name in ours.names():
        for language in (Language.ZH, Language.EN):
            page = ours.page(name, language)
            if page.front.kind == "part":
                continue
            for sample in ours.samples(page):
                html = ours.render(name, language, sample)
                assert len(split(html)) == 1, name
                assert plain(html).strip(), name
