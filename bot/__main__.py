"""`python -m bot` is the command `complaint-bot`."""

import gc

# a start makes half a million objects to keep: to look for garbage among them costs a tenth of its time
gc.set_threshold(20_000, 20, 100)

from bot.cli import main  # noqa: E402 - after the above

if __name__ == "__main__":
    main()
