"""python-telegram-bot's own echo bot from its examples: the least that any bot on that library costs.

`python -m tests.benchmarks.echo URL TOKEN [CONCURRENT]`; it polls until it is told to stop.
"""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Poll; with a third argument so many updates are worked on at once."""
    url, token, *concurrent = sys.argv[1:]
    builder = Application.builder().token(token).base_url(f"{url}/bot")
    if concurrent:
        builder = builder.concurrent_updates(int(concurrent[0]))
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
