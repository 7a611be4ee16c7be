"""The process: the only package that speaks to Telegram and to the web."""
