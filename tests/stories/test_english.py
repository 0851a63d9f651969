"""How the talk reads in English: people leave out apostrophes, ask back, and mean what they say."""

from pathlib import Path

import pytest

from bot.complaint.evolving import replace
from bot.complaint.reading import Language
from tests.furniture import the_rules
from tests.stories.raising import raise_stage
from tests.stories.stage import Stage


@pytest.mark.practice("S14", "R21")
async def test_whoever_asks_for_a_robot_is_told_and_not_passed_on(english_stage: Stage) -> None:
    """The question is answered; a person is one tap away, and is not called unasked."""
    await english_stage.play("""
        Customer: are you a robot?
        Bot: Yes, I'm a bot: Hesui's automated assistant. Your case is 100-0001…
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


@pytest.mark.practice("R1", "S120")
async def test_where_is_my_parcel_is_the_trouble_itself(english_stage: Stage) -> None:
    """Nobody who opens with it is told that their case was received: they are heard, and asked for the order."""
    await english_stage.play("""
        Customer: where's my parcel? it said tuesday
        Bot: …I'm Hesui's automated assistant, a bot…
        -- 6s
        Bot: Thank you for telling us…order number…
        Customer: how long do I have to wait?
        Bot: Case 100-0001 is waiting for a word from you…order number…
    """)


@pytest.mark.practice("S76")
async def test_two_english_words_do_not_turn_a_chinese_talk(stage: Stage) -> None:
    """Many mix in a word; whoever writes a whole sentence in English is answered in English."""
    await stage.play("""
        客户: 我买的 kettle 漏水了
        机器人: …
        -- 6秒
        机器人: …订单号…
        客户: 8841
        机器人: 找到了…怎么处理…
        客户: refund pls
        -- 6秒
        机器人: 可以，就这么办…全额退款…
        客户: actually can you send me a new one instead
        -- 6秒
        机器人: Yes, let's do that…
    """)


@pytest.mark.practice("S13", "S47")
async def test_praise_is_thanked_for(english_stage: Stage) -> None:
    """Nobody who only praises is asked what happened."""
    await english_stage.play("""
        Customer: just wanted to say the delivery man was lovely, thanks!
        Bot: …I'm Hesui's automated assistant, a bot…
        -- 6s
        Bot: Thank you for taking the time to say so…
    """)


@pytest.mark.practice("S50", "S64")
async def test_tea_is_food_and_has_no_plug(english_stage: Stage) -> None:
    """What it tastes of is no product of ours, and nobody is told to unplug it."""
    await english_stage.play("""
        Customer: the tea tastes of soap, honestly undrinkable
        Bot: …
        -- 6s
        Bot: Thank you for telling us. I'm sorry about the tea…don't have any more of it…batch number…
    """)


@pytest.mark.practice("R27")
async def test_whoever_is_fine_after_a_scare_is_heard(english_stage: Stage) -> None:
    """They are told so, and the specialist calls all the same."""
    await english_stage.play("""
        Customer: got a shock off the kettle handle this morning
        Bot: Please…emergency…
        General: …
        Customer: I'm fine, just scared me
        Bot: I'm glad it's over. Our safety specialist will still contact you by…
    """)


@pytest.mark.practice("S31")
async def test_an_english_desk_reads_the_products_in_english(tmp_path: Path) -> None:
    """Lists, profiles and the topic's name call a product as the brand does in the desk's language."""
    rules = replace(the_rules(), languages=(Language.EN, Language.ZH))
    async with raise_stage(tmp_path, lang="en", rules=rules) as stage:
        await stage.do("Customer", "转人工，我的电热壶不通电")
        for command in ("/queue", "/customer", "/find 电热壶"):
            await stage.do("Lin Xiao", command)
            answer = stage.topic_lines()[-1].text
            assert "electric kettle" in answer, command
            assert "电热壶 " not in answer, command
        topic = stage.spot.topic
        assert topic is not None
        assert "electric kettle" in topic.name
