"""Products named only by a quality: "the blue one", "蓝色的那把"."""

import re
from typing import Final

_ONE_ZH: Final = re.compile(
    r"(?P<what>(?:[深浅淡]?[红黄蓝绿白黑灰粉紫橙金银棕青]|[大小中新旧老长短高低]|[^\s的是]{1,6}(?=[色款号型码升寸]))[色款号型码升寸]?)"
    r"(?:的)?(?:[那这][个只把台件款种]?)?"
)
_ONE_EN: Final = re.compile(r"(?:the )?(?P<what>[\w-]{1,16}(?: [\w-]{1,16})?) one", re.IGNORECASE)


def as_named(words: str, thing: str) -> str:
    """The product with its quality ("blue one", "kettle": "blue kettle"); else the words as they are.

    With an empty `thing` the result is empty where the words name no thing of their own.

    >>> as_named("blue one", "kettle"), as_named("蓝色的", "电热壶"), as_named("锅", "电热壶"), as_named("red one", "")
    ('blue kettle', '蓝色电热壶', '锅', '')
    """
    english = _ONE_EN.fullmatch(words.strip())
    if english is not None:
        return f"{english['what']} {thing}" if thing else ""
    chinese = _ONE_ZH.fullmatch(words.strip())
    if chinese is None:
        return words.strip()
    return f"{chinese['what']}{thing}" if thing else ""
