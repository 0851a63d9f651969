"""The lines of the twenty model dialogues, understood as the dialogues need them."""

from collections.abc import Callable

import pytest

from bot.complaint.reading import Category, Emotion, Family, Intent, Language, Reading, RemedyKind

Read = Callable[..., Reading]


def test_an_ordinary_defect_gives_product_date_and_fault(read: Read) -> None:
    """D1: product, date and the customer's own word for the fault."""
    reading = read("上周买的电热壶不通电")
    assert reading.is_complaint
    assert reading.category is Category.QUALITY
    assert reading.slots.product == ("电热壶",)
    assert reading.slots.purchase_date == ("上周",)
    assert reading.issue == ("不通电",)


@pytest.mark.practice("S8")
def test_an_insect_half_way_through(read: Read) -> None:
    """D3: a foreign object, already eaten from."""
    reading = read("吃到一半发现虫子！")
    assert reading.foreign_object
    assert reading.category is Category.FOOD_SAFETY
    assert Intent.SAYS_EATEN in reading.intents
    unharmed = read("咽了一口，没不舒服", asked="eaten")
    assert {Intent.SAYS_EATEN, Intent.SAYS_UNHARMED} <= unharmed.intents
    assert not unharmed.shows(Family.INJURY)


def test_insults_and_exclamation_marks_are_anger(read: Read) -> None:
    """D4: insults and a run of exclamation marks are anger."""
    assert read("垃圾公司！骗子！我要气死了！！").emotion >= Emotion.ANGRY


def test_ten_times_by_food_law(read: Read) -> None:
    """D5: a statutory multiple with its ground, and the blunt question after it."""
    reading = read("过期的，按食品安全法赔我十倍！")
    assert reading.remedy is not None
    assert (reading.remedy.multiple, reading.remedy.basis) == (10, "price")
    assert reading.category is Category.FOOD_SAFETY
    assert Intent.ASKS_VERDICT in read("到底赔不赔").intents


@pytest.mark.practice("S32", "S33")
def test_money_for_silence_is_extortion(read: Read) -> None:
    """D6: money for silence is extortion, with its words kept."""
    reading = read("不赔5万我就找媒体曝光，钱到账我就删")
    assert reading.shows(Family.EXTORTION)
    assert reading.remedy is not None
    assert reading.remedy.amount == 50000


@pytest.mark.practice("S42")
def test_a_journalist_is_press_and_no_complainant(read: Read) -> None:
    """D7: press, and no complaint of theirs."""
    reading = read("我是XX日报记者，想核实投诉")
    assert Intent.IS_PRESS in reading.intents
    assert reading.shows(Family.MEDIA)
    assert not reading.is_complaint


@pytest.mark.practice("S54")
def test_harm_to_a_child_is_injury_and_vulnerability(read: Read) -> None:
    """D8: harm to a child is both injury and vulnerability."""
    reading = read("孩子吃了嘴肿起来了，喘")
    assert reading.shows(Family.INJURY)
    assert reading.shows(Family.VULNERABLE)
    assert read("孩子住院了").shows(Family.INJURY)


@pytest.mark.practice("S3")
def test_a_suggestion_is_no_complaint(read: Read) -> None:
    """D9: an idea without a grievance."""
    reading = read("没别的，就是希望包装好撕一点")
    assert reading.category is Category.SUGGESTION
    assert not reading.is_complaint


def test_a_doubt_about_the_weight_is_dissatisfaction(read: Read) -> None:
    """D10: a doubt about the weight is dissatisfaction."""
    assert read("写着500g，我称才430g！").is_complaint


@pytest.mark.practice("S11")
def test_a_burst_is_read_as_one(read: Read) -> None:
    """D11: six lines, one mouldy loaf, nobody hurt."""
    reading = read("在吗\n有人吗\n你们那个面包\n发霉了\n刚买的\n我女儿差点吃")
    assert reading.category is Category.FOOD_SAFETY
    assert reading.slots.product == ("面包",)
    assert "发霉" in reading.issue
    assert not reading.shows(Family.INJURY)
    assert Intent.WANTS_PERSON not in reading.intents


@pytest.mark.practice("R5")
@pytest.mark.parametrize(
    "said", ["昨天的事呢", "到哪一步了", "有结果了吗", "any update?", "where is my refund"]
)
def test_asking_how_it_stands(read: Read, said: str) -> None:
    """D12: a question for the status, in many words."""
    assert Intent.ASKS_STATUS in read(said).intents


def test_danger_is_read_in_a_group_message_too(read: Read) -> None:
    """D13: health first, in a group too."""
    assert read("@bot 你们家牛奶喝拉肚子了").shows(Family.INJURY)


def test_smoke_without_harm_is_a_hazard_in_english_too(read: Read) -> None:
    """D14: danger without harm is a hazard, in the customer's language and words."""
    reading = read("The blender caught smoke, this is ridiculous")
    assert reading.language is Language.EN
    assert reading.hazard
    assert reading.shows(Family.INJURY)
    assert reading.issue == ("caught smoke",)
    assert reading.slots.product == ("blender",)


def test_hurt_by_a_hazard_is_hurt(read: Read) -> None:
    """A hazard that has hurt somebody is no longer only a hazard."""
    reading = read("高压锅炸了，我妈胳膊烫伤了")
    assert reading.shows(Family.INJURY)
    assert not reading.hazard


def test_a_number_kept_back_is_no_new_complaint(read: Read) -> None:
    """D15: a refusal to give a number is no new complaint."""
    reading = read("凭什么给你们电话地址")
    assert Intent.REFUSES_DETAILS in reading.intents
    assert not reading.is_complaint


def test_a_sum_beyond_authority(read: Read) -> None:
    """D16: the sum is read."""
    remedy = read("赔我3000").remedy
    assert remedy is not None
    assert (remedy.kinds, remedy.amount, remedy.currency) == ((RemedyKind.COMPENSATION,), 3000, "CNY")


@pytest.mark.parametrize("said", ["又坏了！", "换来的还是坏的", "it broke again"])
def test_the_same_trouble_again_is_heard(read: Read, said: str) -> None:
    """D18: the same trouble a second time."""
    assert Intent.HAPPENED_AGAIN in read(said).intents


@pytest.mark.practice("R24", "S14")
def test_whoever_refuses_the_bot_wants_a_person(read: Read) -> None:
    """D19: both the question and the wish for a person are heard."""
    assert {Intent.ASKS_IF_BOT, Intent.WANTS_PERSON} <= read("你是机器人吧，叫人来").intents
    only_asks = read("你是真人吗").intents
    assert Intent.ASKS_IF_BOT in only_asks
    assert Intent.WANTS_PERSON not in only_asks


def test_words_of_despair_are_no_bargaining_trick(read: Read) -> None:
    """D20: never taken for a bargaining trick."""
    assert read("不给解决我就不活了").shows(Family.SELF_HARM)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("你们最多能赔多少", Intent.ASKS_LIMIT),
        ("how much can you offer", Intent.ASKS_LIMIT),
        ("我可以去哪里投诉你们", Intent.ASKS_RIGHTS),
        ("算了不要了", Intent.WITHDRAWS),
        ("我不投诉了", Intent.WITHDRAWS),
        ("算了", Intent.IMPLICIT_DISPLEASURE),
        ("呵呵", Intent.IMPLICIT_DISPLEASURE),
        ("随便吧", Intent.IMPLICIT_DISPLEASURE),
        ("别再发了", Intent.STOP_MESSAGES),
        ("谢谢", Intent.THANKS),
        ("你好", Intent.GREETS),
        ("hello", Intent.GREETS),
    ],
)
def test_what_a_message_does_beside_complaining_is_read(read: Read, said: str, intent: Intent) -> None:
    """What a customer does with a message, apart from complaining."""
    assert intent in read(said).intents
