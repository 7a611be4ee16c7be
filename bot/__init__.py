"""The process: the only package that speaks to Telegram and to the web."""

import os

# python-telegram-bot's way to ask for durations as timedelta instead of a warned-about int.
os.environ.setdefault("PTB_TIMEDELTA", "1")
