"""The room with the only line to a language model: any endpoint that speaks OpenAI's chat completions.

It is plain aiohttp and msgspec, which the house already stands on, and not the `openai` package. One POST is all
that is needed; the package brings twelve more (pydantic, httpx, jiter …), 46 MB and 0.8 s of start, and its own
retries and ten minutes of patience, which would break the time and the budget that are kept here.
"""

from bot.model.breaker import Breaker, Budget
from bot.model.endpoint import Endpoint, Line, ModelSilent

__all__ = ["Breaker", "Budget", "Endpoint", "Line", "ModelSilent"]
