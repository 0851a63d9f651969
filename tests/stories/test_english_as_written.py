"""English as people write it: British, American, Singaporean, in capitals, in pieces, by post and by press."""

import pytest

from bot.complaint.axes import Queue
from bot.complaint.case import Control
from bot.complaint.reading import Family
from tests.stories.stage import Stage


@pytest.mark.practice("R24", "R23")
async def test_whoever_asks_for_a_human_being_gets_one(english_stage: Stage) -> None:
    """Two troubles before it do not hide that a person is wanted."""
    await english_stage.play("""
        Customer: Kettle is broken AND you charged me twice. I want to talk to a human being
        Bot: …I've passed you to a person…
    """)


@pytest.mark.practice("S42")
async def test_a_journalist_is_known_by_the_paper(english_stage: Stage) -> None:
    """Nobody from the press is asked whether they ate of it."""
    await english_stage.play("""
        Customer: Hi, I'm Tom Baker from the Guardian, working on a piece about mould in your nut mix.
        Bot: Thank you for getting in touch. Our press colleague…
    """)
    assert (await english_stage.case()).queue is Queue.MEDIA_PR


@pytest.mark.practice("R45")
async def test_solicitors_are_known_as_such(english_stage: Stage) -> None:
    """What burned comes first, and that lawyers write is on the case too."""
    await english_stage.play("""
        Customer: Dear Sirs, we act for Mrs Jane Porter. Her hairdryer sparked and burned the carpet. Failing a written response, proceedings will be issued. Hodge & Co Solicitors
        Bot: Please…stop using it…Is anyone hurt?…
        General: …
    """)  # noqa: E501 - as it came
    assert Family.LEGAL in (await english_stage.case()).families()


@pytest.mark.practice("S92", "S59")
@pytest.mark.parametrize(
    ("words", "sorry"),
    [
        ("bought one of your kettles last week and it's packed up already", "It ought to work"),
        ("teh kettel dosnt wrok", "It ought to work"),
        ("the jumper shrank in first wash", "sorry about the jumper. You expected better"),
        ("MY TOASTER DOES NOT WORK PLEASE HELP", "sorry about the toaster. It ought to work"),
        ("love paying 300 for a vacuum that doesn't vacuum", "sorry about the vacuum. It ought to work"),
        ("my kettle is broken, refund me", "sorry about the kettle. It ought to work"),
        ("i order 3 box from your site but come 2 box only", "It's annoying when something is missing"),
        ("The electric blanket does not get warm. My late husband dealt with this", "It ought to work"),
    ],
)
async def test_a_fault_is_heard_however_it_is_put(english_stage: Stage, words: str, sorry: str) -> None:
    """Slang, slips, capitals and irony are no reason to ask what went wrong, or to be sorry for something else."""
    await english_stage.play(f"""
        Customer: {words}
        Bot: …
        -- 6s
        Bot: …{sorry}…
    """)


@pytest.mark.practice("R27")
async def test_what_nearly_burned_a_house_is_a_danger(english_stage: Stage) -> None:
    """Whoever tells it of a neighbour is not asked what is wrong with the heater."""
    await english_stage.play("""
        Customer: my neighbour bought a heater from you and it nearly set fire to her curtains
        Bot: …stop using it and keep away from it…
        General: …
    """)


@pytest.mark.practice("S13", "S91")
@pytest.mark.parametrize(
    "words",
    [
        "no i dont have it",
        "I don't have order id with me presently",
        "nah chucked the receipt",
        "its a receipt from the shop, there is no order number",
        "whatever",
    ],
)
async def test_whoever_has_no_number_is_not_asked_again(english_stage: Stage, words: str) -> None:
    """However they say it, the talk goes on; and it is no part of what happened."""
    await english_stage.play(f"""
        Customer: my kettle does not boil
        Bot: …
        -- 6s
        Bot: …order number…
        Customer: {words}
        -- 6s
        Bot: I've noted: “my kettle does not boil”…What would put this right for you?…
    """)


@pytest.mark.practice("S95")
async def test_thanks_to_the_card_is_asked_about_and_not_taken_for_a_no(english_stage: Stage) -> None:
    """Neither yes nor no: asked once whether to go ahead; the same wish again is no new one; then a person."""
    await english_stage.play("""
        Customer: my kettle does not boil
        Bot: …
        -- 6s
        Bot: …order number…
        Customer: 8841
        Bot: …What would put this right for you?…
        Customer: refund please
        Bot: Yes, let's do that…Full refund ¥89…
        Customer: ta, cheers
        -- 6s
        Bot: I couldn't tell whether that's a yes…Shall I go ahead…
        Buttons: Agreed | Change something | Talk to a person
        Customer: when
        -- 6s
        Bot: I've noted it all, and a colleague…
    """)
    assert (await english_stage.case()).control is Control.QUEUED


@pytest.mark.practice("S95", "S94")
async def test_a_second_thought_on_the_card_is_heard(english_stage: Stage) -> None:
    """One word is enough, and the yes that follows is to the new card."""
    await english_stage.play("""
        Customer: my kettle does not boil
        Bot: …
        -- 6s
        Bot: …order number…
        Customer: 8841
        Bot: …What would put this right for you?…
        Customer: refund please
        Bot: Yes, let's do that…Full refund ¥89…
        Customer: actually replacement
        Bot: Yes, let's do that…A new 1.7 L electric kettle…
        Customer: yes
        Bot: All set…
    """)


@pytest.mark.practice("S22")
async def test_a_request_for_help_is_no_demand_beyond_us(english_stage: Stage) -> None:
    """'Could you help me with that?' is not noted as a wish, let alone in torn words."""
    await english_stage.play("""
        Customer: I ordered a blue lamp and got a red one. Could you help me with that?
        Bot: …
        -- 6s
        Bot: Thank you for telling us. I'm sorry about the lamp…
    """)
    assert not (await english_stage.case()).wishes


@pytest.mark.practice("R5", "R30")
async def test_nobody_answers_is_answered_with_a_time(english_stage: Stage) -> None:
    """Who waits for a person and asks why, reads when; who wants a yes or no reads who decides."""
    await english_stage.play("""
        Customer: I want to talk to a human being, my parcel is late
        Bot: …I've passed you to a person…
        Customer: why is nobody answering
        Bot: …Our answer: by…
        Customer: so are you paying or not?
        Bot: I don't want to give you an answer that wouldn't hold…
    """)


@pytest.mark.practice("S74", "R25")
async def test_whoever_only_sends_pictures_is_answered_by_somebody_who_sees_them(
    english_stage: Stage,
) -> None:
    """Asked once for words; the third picture brings a person."""
    await english_stage.play("""
        Customer sends a photo:
        Bot: …
        -- 6s
        Bot: Thank you, I have the photo…could you tell me…
        Customer sends a photo:
        -- 6s
        Bot: Noted.
        Customer sends a photo:
        -- 6s
        Bot: Rather than misread you, I've asked a colleague…
    """)


@pytest.mark.practice("S8")
async def test_a_dented_tin_is_asked_about_and_answered(english_stage: Stage) -> None:
    """Whether it can still be eaten is a question, and no riddle."""
    await english_stage.play("""
        Customer: can I still eat the tuna if the can is dented?
        Bot: …If in doubt, please don't eat or use it…
    """)


@pytest.mark.practice("S94")
async def test_a_rude_no_to_the_options_is_a_no(english_stage: Stage) -> None:
    """Nobody is told to tap a number after "that's rubbish"."""
    await english_stage.play("""
        Customer: kettle wont boil
        Bot: …
        -- 6s
        Bot: …order number…
        Customer: 8841
        Bot: …What would put this right for you?…
        Customer: full refund and 500 for my time
        Bot: …Here's what I can do now…
        Customer: no thats rubbish
        Bot: This is better settled with a colleague…
    """)


@pytest.mark.practice("S27", "S64")
@pytest.mark.parametrize("words", ["电热壶不通电怎么办", "鞋子开胶了怎么办"])
async def test_what_now_about_a_thing_is_no_question_for_a_doctor(stage: Stage, words: str) -> None:
    """Nobody is told to see a doctor because a kettle has no power."""
    await stage.do("客户", words)
    assert not [one for one in stage.said() if "医生" in one]


@pytest.mark.practice("S108", "S92")
async def test_mock_praise_is_heard_as_what_it_is(english_stage: Stage) -> None:
    """A parcel over the fence is thanked for as a complaint, and not passed on as praise."""
    await english_stage.play("""
        Customer: brilliant. another parcel thrown over the fence. well done
        Bot: …
        -- 6s
        Bot: Thank you for telling us…order number…
    """)


@pytest.mark.practice("R15", "S106")
async def test_whoever_reads_badly_is_spoken_to_simply(english_stage: Stage) -> None:
    """It is a wish for plain words, and no suggestion for the product."""
    await english_stage.play("""
        Customer: i cant read well can you make it simple
        Bot: …I will keep it short…
    """)


@pytest.mark.practice("S3")
async def test_a_question_about_the_shop_is_no_complaint(english_stage: Stage) -> None:
    """Nobody who asks for the return policy reads that we are sorry."""
    await english_stage.play("""
        Customer: whats your return policy?
        Bot: …
        -- 6s
        Bot: I only look after complaints…
    """)
