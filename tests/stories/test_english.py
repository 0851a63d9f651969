"""How the talk reads in English: people leave out apostrophes, ask back, and mean what they say."""

import pytest

from tests.stories.stage import Stage


@pytest.mark.practice("S14", "R21")
async def test_whoever_asks_for_a_robot_is_told_and_not_passed_on(english_stage: Stage) -> None:
    """The question is answered; a person is one tap away, and is not called unasked."""
    await english_stage.play("""
        Customer: are you a robot?
        Bot: …a bot…I'm a bot, Hesui's automated assistant…
        Buttons: Talk to a person
    """)


@pytest.mark.practice("S13", "S91")
async def test_an_order_number_that_is_not_at_hand_is_skipped(english_stage: Stage) -> None:
    """Who does not have it on them is not asked again; a missing apostrophe hides nothing."""
    await english_stage.play("""
        Customer: my kettle doesnt turn on
        Bot: …I'm Hesui's automated assistant, a bot…
        -- 6s
        Bot: Thank you for telling us. I'm sorry about the kettle…order number…
        Customer: dont have it on me
        Bot: …What would put this right for you?…
    """)


@pytest.mark.practice("S96", "S72", "R45")
async def test_sort_it_out_asks_for_no_repair(english_stage: Stage) -> None:
    """They are asked what they want before anything is offered, whatever they threaten to post."""
    await english_stage.play("""
        Customer: I'll post this all over TikTok if you don't sort it out. Kettle's dead after a week
        Bot: …
        -- 6s
        Bot: Thank you for telling us. I'm sorry about the kettle…order number…
        Customer: 8841
        Bot: Found it: 21 June, 1.7 L electric kettle, ¥89…What would put this right for you?…
    """)
