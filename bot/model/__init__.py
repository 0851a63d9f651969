"""The client for a language model: any endpoint that speaks OpenAI's chat completions.

It is plain aiohttp and msgspec, which the house already stands on, and not the `openai` package. Licence and types
would do on either side (Apache-2.0, typed), but one POST is all that is needed: the package and what it needs weigh
46 MB, take 0.8 s to load, and bring retries and a patience of minutes, against the time and budget kept here.
"""

from bot.model.breaker import Breaker, Budget
from bot.model.endpoint import Endpoint, Line, ModelSilent

__all__ = ["Breaker", "Budget", "Endpoint", "Line", "ModelSilent"]
