"""How long the talks are searched: HYPOTHESIS_PROFILE=long for a night's work."""

import os

from hypothesis import settings

settings.register_profile("long", max_examples=20_000)
if os.environ.get("HYPOTHESIS_PROFILE") == "long":
    settings.load_profile("long")
