"""The replies that must exist for what was said, judged by the customer's chat."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.crash.people import People
from tests.outpost import LittleTelegram

Record = dict[str, Any]


async def missing(people: People, telegram: LittleTelegram, exported: Sequence[Record]) -> list[str]:
    """A sentence for each reply that a customer waits for in vain, once the bot has nothing left to do."""
    found: list[str] = []
    for person, said in people.said.items():
        cases = [case for case in exported if case["customer"]["telegram_id"] == person]
        if said and not cases:
            found.append(f"customer {person}: wrote, and has no case")
        history = [one for one in await telegram.history(person) if "service" not in one]
        found += [f"customer {person}: {what}" for case in cases for what in _of(case, history)]
    return found


def _of(case: Record, history: Sequence[Record]) -> Iterator[str]:
    heard = [one["text"] for one in history if one["from"]["is_bot"]]
    if not any(case["case_no"] in text for text in heard):
        yield f"never heard of case {case['case_no']}: no first acknowledgement"
    answers = [one for one in case["messages"] if one["from"] == "bot"]
    if len(answers) < 2:
        yield f"case {case['case_no']} has no substantive answer"
    for answer in answers:
        if not any(_same(answer["text"]) in _same(text) for text in heard):
            yield f"“{answer['text'][:30]}” stands in the record of {case['case_no']} and was never heard"
    if case["control"] == "bot" and history and not history[-1]["from"]["is_bot"]:
        yield f"the last words, “{history[-1]['text'][:30]}”, were never answered"


def _same(text: str) -> str:
    """The words without the space between them: lists and paragraphs are shown as they are shown."""
    return "".join(text.split())
