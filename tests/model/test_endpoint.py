"""The line to a model, over real HTTP: what is sent, and what is made of an endpoint that misbehaves."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.model import Endpoint, ModelSilent, Session
from bot.reading.second.asking import schema
from tests.model.server import ModelServer, answer
from tests.processes import PATIENCE

ALWAYS = 20.0


def _line(model: ModelServer, seconds: float = ALWAYS, key: str | None = None) -> Session:
    return Session(Endpoint(url=model.url, model="reader-7b", key=key, seconds=seconds))


async def _why_not(model: ModelServer, seconds: float = ALWAYS) -> ModelSilent:
    async with _line(model, seconds) as line:
        with pytest.raises(ModelSilent) as caught:
            await line.ask("system", "words", schema())
    return caught.value


async def test_a_question_is_an_ordinary_chat_completion_with_a_strict_schema(model: ModelServer) -> None:
    """Model, two messages, the key as a bearer's, and a schema that allows nothing else."""
    model.says(answer())
    async with _line(model, key="sk-secret") as line:
        assert json.loads(await line.ask("system", "words", schema())) == answer()
    (asked,) = model.asked
    assert asked["model"] == "reader-7b"
    assert [(one["role"], one["content"]) for one in asked["messages"]] == [
        ("system", "system"),
        ("user", "words"),
    ]
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert model.keys == ["Bearer sk-secret"]
    assert "sk-secret" not in repr(Endpoint(url="", model="", key="sk-secret"))


def test_the_schema_is_strict_all_the_way_down() -> None:
    """Every object requires all its keys and allows no other: what strict endpoints insist on."""
    objects = [one for one in _parts(schema()) if one.get("type") == "object"]
    assert len(objects) == 4
    assert all(one["required"] == [*one["properties"]] for one in objects)
    assert all(one["additionalProperties"] is False for one in objects)


def _parts(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return [value, *(part for one in value.values() for part in _parts(one))]
    return [part for one in value for part in _parts(one)] if isinstance(value, list) else []


async def test_it_waits_no_longer_than_it_may(model: ModelServer) -> None:
    """An endpoint that never answers costs the time that was set, and no more: who may wait longer still waits then."""
    model.says_when_allowed(answer())
    async with _line(model, seconds=PATIENCE) as line:
        patient = asyncio.create_task(line.ask("system", "words", schema()))
        assert (await _why_not(model, seconds=0.2)).reason == "too_slow"
        assert not patient.done()
        model.may_answer.set()
        assert json.loads(await patient) == answer()


async def test_it_waits_no_longer_for_an_answer_that_drips(model: ModelServer) -> None:
    """The time is for the whole answer, not for each piece."""

    async def drip(request: web.Request) -> web.StreamResponse:
        begun = web.StreamResponse()
        await begun.prepare(request)
        await begun.write(b"{")
        await model.may_answer.wait()
        return begun

    model.does = drip
    assert (await _why_not(model, seconds=0.2)).reason == "too_slow"


@pytest.mark.parametrize("status", [401, 404, 429, 500, 503])
async def test_a_refusal_is_a_reason(model: ModelServer, status: int) -> None:
    """Each status by its number."""
    model.refuses(status)
    silent = await _why_not(model)
    assert (silent.reason, silent.status, silent.rest) == (f"http_{status}", status, None)


async def test_a_rest_that_is_asked_for_is_told(model: ModelServer) -> None:
    """Retry-After counts in seconds; anything else in it is passed over."""
    model.refuses(429, **{"Retry-After": "120"})
    assert (await _why_not(model)).rest == timedelta(minutes=2)
    model.refuses(429, **{"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"})
    assert (await _why_not(model)).rest is None


async def test_an_endpoint_that_knows_no_schema_is_asked_for_plain_json(model: ModelServer) -> None:
    """After a 400 the next question is in the older form; what comes back is held to our labels either way."""
    model.refuses(400)
    async with _line(model) as line:
        with pytest.raises(ModelSilent):
            await line.ask("system", "words", schema())
        model.says(answer())
        await line.ask("system", "words", schema())
    assert model.asked[1]["response_format"] == {"type": "json_object"}


async def test_a_line_that_drops_is_a_reason(model: ModelServer) -> None:
    """Nothing is raised but that the model is silent."""
    model.breaks_off()
    assert (await _why_not(model)).reason.startswith("unreachable")


async def test_nobody_there_is_a_reason(model: ModelServer) -> None:
    """A port where nothing listens."""
    model.url = "http://127.0.0.1:9/v1"
    assert (await _why_not(model)).reason.startswith("unreachable")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<html>busy</html>", "no_completion"),
        ('{"choices": {}}', "no_completion"),
        ('{"choices": []}', "empty"),
        ('{"choices": [{"message": {"content": null, "refusal": "no"}}]}', "empty"),
        ("x" * 300_000, "too_long"),
    ],
)
async def test_what_is_no_completion_is_a_reason(model: ModelServer, body: str, reason: str) -> None:
    """Pages, other shapes, refusals and floods."""

    async def write(_: web.Request) -> web.StreamResponse:
        return web.Response(text=body)

    model.does = write
    assert (await _why_not(model)).reason == reason


async def test_a_key_does_not_follow_a_redirect(model: ModelServer) -> None:
    """It is for the address that it was given for."""
    model.refuses(307, Location=f"{model.url}/chat/completions")
    assert (await _why_not(model)).reason == "http_307"
    assert len(model.asked) == 1
