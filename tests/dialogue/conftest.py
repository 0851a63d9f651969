"""How long the talks are searched: HYPOTHESIS_PROFILE=long for a night's work, short for mutation runs."""

import os

from hypothesis import settings

settings.register_profile("short", max_examples=10)
settings.register_profile("long", max_examples=20_000)
if (name := os.environ.get("HYPOTHESIS_PROFILE")) in ("short", "long"):
    settings.load_profile(name)
