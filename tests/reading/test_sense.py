"""What a message is about, whether it complains, and how hot it runs."""

from collections.abc import Callable

import pytest

from bot.complaint.reading import Category, Emotion, Intent, Reading

Read = Callable[..., Reading]


@pytest.mark.practice("R1", "S120")
@pytest.mark.parametrize(
    ("said", "category"),
    [
        ("豆浆机用了两回就不转了，按键也没反应", "quality"),
        ("牛奶里有一坨结块，闻着发酸", "food_safety"),
        ("等了四十分钟，外卖还没送到", "delivery"),
        ("店员当着那么多人的面吼我，态度太差", "service"),
        ("说好七天能退，现在客服又说拆封了不给退", "aftersales"),
        ("莫名其妙被自动续费扣了三十块", "billing"),
        ("盒子压扁了，里面的油漏了一袋子", "packaging"),
        ("瓶底喷码模糊，肯定是假货", "counterfeit"),
        ("图片跟实物完全不一样，虚假宣传", "false_ad"),
        ("账号被盗了，登录不了", "account"),
        ("电饭煲煮不熟饭", "quality"),
        ("烤箱烤不熟东西", "quality"),
        ("鸡腿没熟，里面是生的", "food_safety"),
        ("牛奶酸了", "food_safety"),
        ("昨天买的豆浆机坏了", "quality"),
        ("面包机突然坏了", "quality"),
        ("豆浆打开就馊了", "food_safety"),
        ("饼干碎了", "packaging"),
        ("一箱鸡蛋碎了一半", "packaging"),
        ("杯子碎了", "quality"),
        ("你们回复也太慢了吧", "service"),
        ("你们到底管不管", "service"),
        ("helo, teh ketle i buyed last weak dosnt work anymor", "quality"),
        ("能不能出个无糖版的", "suggestion"),
        ("味道一如既往地好，孩子特别爱吃", "none"),
        ("请问周日几点关门", "none"),
        ("The courier lost my parcel", "delivery"),
        ("You billed me twice for the same order", "billing"),
        ("The sweater looks nothing like the photo", "false_ad"),
        ("Been on hold for 50 minutes, terrible customer service", "service"),
        ("It would be great if you had smaller bottles", "suggestion"),
        ("Love the new packaging, thanks!", "none"),
        ("What time do you open on Sunday?", "none"),
    ],
)
def test_the_grievance_decides_and_not_the_first_noun(read: Read, said: str, category: str) -> None:
    """The grievance decides, not the first noun; praise, questions and ideas are none."""
    reading = read(said)
    assert reading.category is Category(category)
    assert reading.is_complaint is (category not in {"none", "suggestion"})


@pytest.mark.practice("S7")
@pytest.mark.parametrize(
    ("said", "emotion"),
    [
        ("面包有点干", Emotion.CALM),
        ("挺失望的", Emotion.DISAPPOINTED),
        ("有点坑，无语", Emotion.ANNOYED),
        ("气死我了，什么垃圾公司！", Emotion.ANGRY),
        ("我跟你们没完，不得好死", Emotion.EXTREME),
    ],
)
def test_heat_rises_in_steps(read: Read, said: str, emotion: Emotion) -> None:
    """Calm, disappointed, annoyed, angry, extreme: five steps, told apart."""
    assert read(said).emotion is emotion


def test_happy_shouting_is_not_anger(read: Read) -> None:
    """Exclamation marks alone make nobody angry."""
    assert read("啊啊啊啊太好吃了吧！！！！！！").emotion is Emotion.CALM


@pytest.mark.parametrize("said", ["你们到底管不管", "到底处理不处理", "你们还给不给解决"])
def test_whether_anything_is_done_at_all_is_anger(read: Read, said: str) -> None:
    """It asks for no verdict."""
    reading = read(said)
    assert reading.emotion >= Emotion.ANGRY
    assert Intent.ASKS_VERDICT not in reading.intents


@pytest.mark.parametrize(
    "said",
    ["found a piece of metal in it", "there was a shard of glass in my soup", "bit down on a bit of wire"],
)
def test_a_piece_found_in_food_is_a_foreign_object(read: Read, said: str) -> None:
    """Whatever it is a piece of."""
    assert read(said).foreign_object


@pytest.mark.parametrize("said", ["a piece of plastic broke off the handle", "a cheap piece of plastic"])
def test_a_piece_that_came_off_is_none(read: Read, said: str) -> None:
    """It belongs to the goods."""
    assert not read(said).foreign_object
