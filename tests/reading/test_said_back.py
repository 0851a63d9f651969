"""A customer's own words said back: one trouble or several, with spaces where others put commas."""

import pytest

from bot.complaint.reading import Family
from bot.reading.saidwords import said_back
from tests.furniture import the_reader

SAID = {
    "买了壶 漏水 客服不理": "壶漏水、客服不理",
    "买了个锅 掉漆 退不了": "锅掉漆、退不了",
    "电热壶 不通电 客服没人理": "电热壶不通电、客服没人理",
    "我买的壶 用了三天 漏水 客服不回": "壶漏水、客服不回",
    "空气炸锅不热了 快递员态度特别差 少发了一个烤盘": "空气炸锅不热了、快递员态度特别差、少发了一个烤盘",
    "面包 发霉 店员还凶我": "面包发霉、店员还凶您",
    "椅子少螺丝 装不了 售后打不通": "椅子少螺丝、装不了、售后打不通",
    "快递晚了五天 盒子烂了 里面碎两个": "快递晚了五天、盒子烂了、里面碎两个",
    "鞋子开胶 才穿两天 客服让我自己粘": "鞋子开胶",
    "锅盖裂了 说好补发 没补": "锅盖裂了",
    "扫地机 不充电 老是报错": "扫地机不充电、老是报错",
    "下单两箱 只到一箱 客服不回": "只到一箱、客服不回",
    "水果烂一半 商家不认 让我找快递": "水果烂一半、商家不认",
    "手机壳 发错颜色 换又要我出邮费": "手机壳发错颜色",
    "拉杆箱轮子掉了 拉链坏了": "拉杆箱轮子掉了、拉链坏了",
    "牛奶 有股酸味 还没到期": "牛奶有股酸味",
    "衣服洗了一次就缩水 颜色也掉": "衣服洗了一次就缩水、颜色也掉",
    "快递小哥把我菜摔烂了 还说爱要不要": "快递小哥把您菜摔烂了",
    "尺码错 颜色错 送来还晚了一周": "尺码错、颜色错、送来还晚了一周",
    "你们真烂 壶漏水": "壶漏水",
    "急 漏油 客服不回": "",
    "不会用 教我一下": "",
}


@pytest.mark.practice("S59", "S92")
@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_what_is_said_back(text: str, said: str) -> None:
    """Each trouble in the customer's words, the thing before it; an insult is not, and nothing is made up."""
    reading = the_reader().read(text)
    thing = (reading.slots.product or ("",))[0]
    about = reading.issue or ((thing,) if thing else ())
    assert said_back([text], about, thing if reading.issue else "") == said


@pytest.mark.practice("R27", "R6")
@pytest.mark.parametrize(
    "text",
    ["壶漏电 能退吗", "吃了拉肚子 你们赔吗", "如果不处理 我吃了已经拉肚子了", "插上就冒烟 你们管吗"],
)
def test_a_space_ends_a_clause_as_a_comma_does(text: str) -> None:
    """What follows after a space takes no danger back, and what went before does not make it a mere "if"."""
    for written in (text, text.replace(" ", "，")):
        reading = the_reader().read(written)
        assert reading.hazard or reading.shows(Family.INJURY)


@pytest.mark.parametrize("text", ["没有 漏电", "没有 拉肚子", "如果 漏电怎么办"])
def test_a_space_after_a_no_or_an_if_ends_nothing(text: str) -> None:
    """Who takes breath after "no" still says no."""
    reading = the_reader().read(text)
    assert not reading.hazard
    assert not reading.risks
