"""What was posted in a public group with a complaint comes along into the private case."""

from datetime import timedelta

import pytest

from bot.sandbox.files import Upload
from bot.sandbox.people import Chat, Person
from tests.stories.square_scene import call, lines, open_link, square_in
from tests.stories.stage import Stage

pytestmark = pytest.mark.practice("S36", "S32")
PICTURE = b"\x89PNG\r\n\x1a\n picture"


def picture(number: int = 0) -> tuple[str, Upload]:
    """A photo unlike the others."""
    return "photo", Upload(data=PICTURE + bytes([number]), name=f"{number}.jpg")


async def post(stage: Stage, person: Person, words: str, group: Chat, count: int = 1) -> None:
    """Somebody posts pictures that call the bot by its name."""
    world = stage.demo.world
    caption = f"@{world.bot.username} {words}".strip()
    if count == 1:
        world.send_file(person.id, *picture(), caption=caption, chat_id=group.id)
    else:
        world.send_album(person.id, [picture(n) for n in range(count)], caption=caption, chat_id=group.id)
    await stage.settle()


async def test_a_picture_posted_with_a_complaint_is_evidence_of_the_private_case(stage: Stage) -> None:
    """It is kept with its bytes, said to be noted, and never shown again in the group."""
    customer = stage.demo.customer
    group = square_in(stage, customer)
    await post(stage, customer, "电热壶漏水，看图", group)
    (line,) = lines(stage, group)
    said = await open_link(stage, customer, line)
    assert said[0].startswith("您在“小区团购群”说的话和发的照片，我都记下了，不用再讲一遍。")
    case, timeline = (await stage.kept())[0]
    (shown,) = case.evidence
    assert shown.kind == "photo"
    kept = await stage.house.store.files_of([case.no])
    assert [one.wanted.unique_id for one in kept[case.no]] == [shown.unique_id]
    files = [row.entry for row in timeline if row.entry.media and row.entry.media["kind"] == "photo"]
    assert [(one.who, one.chat) for one in files] == [("customer", group.id)]
    assert len(lines(stage, group)) == 1


async def test_the_desk_sees_the_pictures_even_if_the_bot_has_left_the_group(stage: Stage) -> None:
    """A person takes over: the topic shows what was posted, sent anew, since nothing can be copied out of there."""
    customer = stage.demo.customer
    group = square_in(stage, customer, hears_all=True)
    await post(stage, customer, "电热壶漏水", group, count=3)
    (line,) = lines(stage, group)
    stage.demo.world.remove_bot(group.id)
    await open_link(stage, customer, line)
    await stage.do("客户", "转人工")
    topic = stage.demo.world.history(stage.demo.desk.id, thread_id=stage.thread)
    assert sum(one.media is not None for one in topic) == 3
    ((case, _),) = await stage.kept()
    assert len(case.evidence) == 3


async def test_a_picture_alone_is_a_call_too_and_comes_once(stage: Stage) -> None:
    """Without any words it is what they said; the link pressed again brings nothing twice."""
    customer = stage.demo.customer
    group = square_in(stage, customer)
    await post(stage, customer, "", group)
    (line,) = lines(stage, group)
    said = await open_link(stage, customer, line)
    assert any("发的照片，我都记下了，不用再发一遍" in one for one in said)
    await open_link(stage, customer, line)
    ((case, _),) = await stage.kept()
    assert len(case.evidence) == 1


async def test_pictures_while_people_have_the_case_go_to_its_topic(stage: Stage) -> None:
    """They called in public once more while an agent has it: words and picture reach the agent, under their place."""
    customer = stage.demo.customer
    await stage.do("客户", "转人工，电热壶漏水")
    group = square_in(stage, customer)
    await post(stage, customer, "还在漏", group)
    (line,) = lines(stage, group)
    await open_link(stage, customer, line)
    topic = stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)
    assert any("在“小区团购群”里说过" in one.text for one in topic)
    assert topic[-1].media is not None


async def test_another_persons_pictures_do_not_come_along(stage: Stage) -> None:
    """Whoever opens the link brings their own; an album's further pictures are its poster's alone."""
    customer, other = stage.demo.customer, stage._person("客户2")
    group = square_in(stage, customer, other, hears_all=True)
    await post(stage, other, "壶嘴裂了", group, count=2)
    await call(stage, customer, "电热壶不通电", group)
    stage.demo.world.send_file(other.id, *picture(9), chat_id=group.id)
    await stage.settle()
    await open_link(stage, customer, lines(stage, group)[0])
    ((case, _),) = await stage.kept()
    assert case.evidence == ()


async def test_a_picture_soon_after_the_call_belongs_to_it(stage: Stage) -> None:
    """Where the bot hears all: a picture of theirs without words comes along, one of much later does not."""
    customer = stage.demo.customer
    group = square_in(stage, customer, hears_all=True)
    await call(stage, customer, "电热壶不通电", group)
    stage.demo.world.send_file(customer.id, *picture(1), chat_id=group.id)
    await stage.settle()
    await stage.pass_time(timedelta(minutes=10))
    stage.demo.world.send_file(customer.id, *picture(2), chat_id=group.id)
    await stage.settle()
    assert len(lines(stage, group)) == 1
    await open_link(stage, customer, lines(stage, group)[0])
    ((case, _),) = await stage.kept()
    assert len(case.evidence) == 1
