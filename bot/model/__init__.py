"""The client for a language model: any endpoint that speaks OpenAI's chat completions.

It uses aiohttp and msgspec, which the bot needs anyway, and not the `openai` package: only one POST is needed, while
the package and its dependencies take 46 MB and 0.8 s to load, and bring retries and time-outs of minutes.
"""

from bot.model.breaker import Breaker, Budget
from bot.model.endpoint import Endpoint, ModelSilent, Session

__all__ = ["Breaker", "Budget", "Endpoint", "ModelSilent", "Session"]
