"""The markers that every browser test carries."""

import pytest

from tests.browser.chromium import NAMES, chromium

IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        chromium() is None, reason=f"no browser: install one of {', '.join(NAMES)}, or set CHROMIUM"
    ),
]
