"""`check`, for the second reader: whether the configured model answers in the shape that is needed."""

from bot.complaint.errors import SettingsWrong
from bot.complaint.reading import Language, Reading
from bot.config import PREFIX, Settings
from bot.model import Endpoint, ModelSilent, Session
from bot.reading.second import answer_from, question_for

SAMPLE = "The lid of the kettle I bought last week does not close properly."
_NO_KEY, _FORBIDDEN, _NO_MODEL = 401, 403, 404


async def model_findings(settings: Settings) -> list[str]:
    """What is wrong with the model, found by one question about a sentence of our own."""
    if settings.model_url is None or settings.model is None:
        raise SettingsWrong(f"{PREFIX}MODEL_URL: it is not set.")
    endpoint = Endpoint(
        url=settings.model_url, model=settings.model, key=settings.model_key, seconds=settings.model_seconds
    )
    question = question_for(SAMPLE, Reading(language=Language.EN))
    try:
        async with Session(endpoint) as line:
            content = await line.ask(question.system, question.words, question.schema)
    except ModelSilent as silent:
        return [_finding(silent, settings)]
    answer = answer_from(content, question.hidden)
    if answer is None or answer.category is None:
        shape = f'"{settings.model}" answers, but not with the JSON that is asked for'
        return [f"{PREFIX}MODEL: {shape}. Name a model that can write JSON by a schema."]
    return []


def _finding(silent: ModelSilent, settings: Settings) -> str:
    if silent.status in (_NO_KEY, _FORBIDDEN):
        return f"{PREFIX}MODEL_KEY: {settings.model_url} does not accept it. Copy it again."
    if silent.status == _NO_MODEL:
        return (
            f'{PREFIX}MODEL: {settings.model_url} knows no model "{settings.model}", or this is not the root of its '
            "API, which often ends in /v1. Check both."
        )
    if silent.reason == "too_slow":
        return (
            f"{PREFIX}MODEL_SECONDS: there was no answer within {settings.model_seconds:g} s. "
            "Give it more time, or name a faster model."
        )
    place = f"{settings.model_url} gave no answer ({silent.reason})"
    return f"{PREFIX}MODEL_URL: {place}. Check the address, and the way to it."
