"""`python -m tests.reading.fuzz [--seconds 60] [--corpus DIR]`: look for a text that breaks the reader.

Needs `pip install "complaint-bot[fuzz]"`. What breaks it is written to a file beside, with the text in the message.
"""

import argparse
import sys
import time

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["bot.reading", "bot.complaint"]):
    from bot.reading import Reader
    from tests.reading.fuzz.holding import read_and_hold
    from tests.reading.fuzz.texts import made_of

_TOO_LONG = 2.0
"""Seconds of the processor for two readings with every step watched: many times what an unwatched one may take."""
_READER = Reader(remembered=0)


def _one(data: bytes) -> None:
    text, asked = made_of(data)
    started = time.thread_time()
    try:
        read_and_hold(_READER, text, asked)
    except Exception as broken:
        broken.add_note(f"asked={asked!r} text={text[:2000]!r} ({len(text)} characters)")
        raise
    spent = time.thread_time() - started
    assert spent < _TOO_LONG, f"{spent:.2f} s for {len(text)} characters, {text[:200]!r}"


def main() -> None:
    """Fuzz for as long as was asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--corpus", help="a folder where what found new paths is kept")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--found", default="./", help="where what breaks it is written")
    chosen = options.parse_args()
    flags = [f"-max_total_time={chosen.seconds}", f"-seed={chosen.seed}", "-max_len=161", "-len_control=20"]
    flags.append(f"-artifact_prefix={chosen.found}")
    atheris.Setup([sys.argv[0], *flags, *([chosen.corpus] if chosen.corpus else [])], _one)
    atheris.Fuzz()


main()
