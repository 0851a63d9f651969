"""A busy desk on a Wednesday morning with a supervisor's page: cases in the database."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from bot.app import House, Seams, open_house
from bot.commands.staffing import staffed
from bot.complaint.actions import Lane
from bot.complaint.case import (
    Case,
    Control,
    Facts,
    Person,
    Promise,
    PromiseStatus,
    Queue,
    Severity,
    Status,
    Verdict,
)
from bot.complaint.evolving import replace
from bot.complaint.ids import ChatId, UserId, case_no_from
from bot.complaint.letters import Letter, LetterKind
from bot.complaint.reading import Category, Language
from bot.complaint.records import Round
from bot.config import Listen, Settings
from bot.policy.rules import Rules
from bot.sandbox import SandboxServer, demo_world
from bot.sandbox.demo import Demo
from bot.sandbox.miniapp import init_data
from bot.sandbox.people import Person as Member
from bot.store import open_store
from tests.browser.house import WednesdayClock
from tests.browser.kettle import hero, hours
from tests.furniture import the_catalogue, the_reader, the_rules
from tests.handclock import START, HandClock

LIGHT = {
    "bg_color": "#ffffff",
    "secondary_bg_color": "#efeff4",
    "section_bg_color": "#ffffff",
    "text_color": "#000000",
    "button_color": "#007aff",
    "button_text_color": "#ffffff",
    "accent_text_color": "#0a66d0",
}
DARK = {
    "bg_color": "#17212b",
    "secondary_bg_color": "#0e1621",
    "section_bg_color": "#17212b",
    "text_color": "#f5f5f5",
    "button_color": "#5288c1",
    "button_text_color": "#ffffff",
    "accent_text_color": "#6ab3f3",
}
MATTERS = {
    "zh": (
        ("电热壶", "不通电", Category.QUALITY),
        ("番茄牛腩", "有虫子", Category.FOOD_SAFETY),
        ("儿童水杯", "漏水", Category.QUALITY),
        ("空气炸锅", "少了配件", Category.DELIVERY),
        ("坚果礼盒", "多扣了钱", Category.BILLING),
        ("扫地机", "维修拖了两周", Category.AFTERSALES),
        ("面霜", "用后起疹", Category.QUALITY),
        ("电饭煲", "外箱压坏", Category.PACKAGING),
    ),
    "en": (
        ("Kettle", "won't turn on", Category.QUALITY),
        ("Beef stew", "an insect in it", Category.FOOD_SAFETY),
        ("Kids' bottle", "leaks", Category.QUALITY),
        ("Air fryer", "a part is missing", Category.DELIVERY),
        ("Nut box", "charged twice", Category.BILLING),
        ("Robot vacuum", "two weeks in repair", Category.AFTERSALES),
        ("Face cream", "a rash afterwards", Category.QUALITY),
        ("Rice cooker", "the box was crushed", Category.PACKAGING),
    ),
}
QUEUES = (Queue.SAFETY, Queue.QUALITY, Queue.GENERAL, Queue.GENERAL, Queue.LEGAL, Queue.GENERAL)
SEVERITIES = (Severity.SEV1, Severity.SEV3, Severity.SEV2, Severity.SEV3, Severity.SEV4)
KINDS = ("person_answers", "refund", "ship", "call_back", "written_answer")
STATES = (Status.ASSESSING, Status.PROPOSING, Status.FULFILLING, Status.COLLECTING)


def cases(lang: str, people: tuple[Person, ...], count: int) -> Iterator[Case]:
    """Open cases of every kind, the same each time."""
    for n in range(count):
        product, issue, category = MATTERS[lang][n % len(MATTERS[lang])]
        holder = people[n % len(people)] if n % 3 else None
        control = Control.HUMAN if holder else (Control.QUEUED if n % 2 else Control.BOT)
        opened = START - hours(2 + n * 2.7)
        yield Case(
            no=case_no_from(2_100_017 + n * 7919),
            chat=ChatId(50_000 + n),
            customer=Person(id=UserId(50_000 + n), name=f"C{n}"),
            opened_at=opened,
            status=STATES[n % len(STATES)],
            control=control,
            severity=SEVERITIES[(n * 7) % len(SEVERITIES)],
            queue=QUEUES[n % len(QUEUES)],
            category=category,
            facts=Facts(product=product, issue=(issue,)),
            holder=holder,
            held_since=opened if holder else None,
            promises=(_promise(n, opened),) if n % 5 else (),
            at_desk=True,
        )


def _promise(n: int, opened: datetime) -> Promise:
    due = START + hours(-5 + (n * 11) % 150)
    return Promise(
        id="p1",
        kind=KINDS[n % len(KINDS)],
        text="…",
        owner="desk",
        made_at=min(opened, due - hours(1)),
        due_at=due,
    )


def closed(lang: str, people: tuple[Person, ...], count: int) -> Iterator[Case]:
    """Cases of the last two months that are over."""
    for n, case in enumerate(cases(lang, people, count)):
        opened = START - hours(6 + n * 9.1)
        made, due = opened + hours(1), opened + hours(24)
        fate = (
            PromiseStatus.LATE if n % 9 == 0 else PromiseStatus.BROKEN if n % 31 == 0 else PromiseStatus.KEPT
        )
        settled = due + hours(3) if fate is PromiseStatus.LATE else due - hours(5)
        owed = Promise(
            id="p1",
            kind="refund",
            text="…",
            owner="desk",
            made_at=made,
            due_at=due,
            status=fate,
            settled_at=settled,
        )
        yield case.evolve(
            no=case_no_from(5_600_003 + n * 7907),
            chat=ChatId(60_000 + n),
            customer=Person(id=UserId(60_000 + n), name=f"D{n}"),
            opened_at=opened,
            status=Status.CLOSED,
            control=Control.BOT,
            closed_at=min(opened + hours(30), START - hours(1)),
            promises=(owed,),
            verdict=Verdict.UPHELD if n % 4 else Verdict.NOT_UPHELD,
            decided_at=opened + hours(20),
        )


@dataclass(frozen=True, slots=True)
class Floor:
    """An open house whose supervisor's page is served, and the little Telegram around it."""

    house: House
    demo: Demo
    sandbox: str

    @property
    def page(self) -> str:
        """Where the page is."""
        return self.demo.world.mini_app or ""

    def launch(self, username: str = "chen_lan", *, dark: bool = False, start: str = "") -> str:
        """The address with which Telegram opens the page for this person, in its own colours."""
        data = init_data(self.demo.world, self.person(username).id, start_param=start)
        colours = DARK if dark else LIGHT
        handed = {"tgWebAppData": data, "tgWebAppVersion": "8.0", "tgWebAppPlatform": "ios"}
        return f"{self.page}#{urlencode({**handed, 'tgWebAppThemeParams': json.dumps(colours)})}"

    def person(self, username: str) -> Member:
        """Somebody by their @name."""
        return next(one for one in self.demo.world.people.values() if one.username == username)


@cache
def _rules(lang: str) -> Rules:
    rules, language = the_rules(), Language(lang)
    return replace(rules, languages=(language, *(one for one in rules.languages if one is not language)))


@asynccontextmanager
async def supervised(
    folder: Path,
    lang: str = "zh",
    *,
    many: int = 70,
    over: int = 90,
    clock: WednesdayClock | HandClock | None = None,
) -> AsyncIterator[Floor]:
    """Open a house with so many open cases and so many that are over, and the kettle's."""
    clock = clock or WednesdayClock()
    rules = _rules(lang)
    demo = demo_world(lang, brand=rules.brand(Language(lang)), now=clock.seconds)
    rules = staffed(rules, demo)
    demo.world.mini_app = ""
    async with SandboxServer(demo.world) as server:
        settings = Settings(
            token=demo.world.token,
            api_url=server.base_url,
            database=f"sqlite:///{folder / 'complaints.db'}",
            desk=ChatId(demo.desk.id),
            listen=Listen(port=0),
            listens=True,
        )
        await _fill(settings, lang, demo, many, over)
        seams = Seams(clock=clock, catalogue=the_catalogue(), reader=the_reader())
        async with open_house(settings, rules, seams) as house:
            if house.front is None:
                raise AssertionError
            demo.world.mini_app = f"http://127.0.0.1:{house.front.port}/desk/"
            working = asyncio.create_task(house.run())
            try:
                yield Floor(house, demo, f"{server.base_url}/?lang={lang}")
            finally:
                await house.close()
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)


async def _fill(settings: Settings, lang: str, demo: Demo, many: int, over: int) -> None:
    """Write everything into the database before anybody works with it."""
    people = tuple(Person(id=UserId(one.id), name=one.name) for one in demo.agents[:3])
    case, lines, deeds = hero(lang, people[0])
    store = await open_store(settings.database)
    try:
        await store.state(chats=[], cases=[], threads=[])
        topic = Letter(
            id=store.letter_ids(1)[0],
            kind=LetterKind.OPEN_TOPIC,
            chat=ChatId(demo.desk.id),
            lane=Lane.TALK,
            written_at=START,
            html=f"🟠 {case.facts.product} · {case.no}",
            case_no=case.no,
        )
        every = [case, *cases(lang, people, many), *closed(lang, people, over)]
        await store.write(Round(at=START, cases=every, entries=lines, deeds=deeds, letters=[topic]))
    finally:
        await store.close()
