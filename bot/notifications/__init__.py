"""Sending what the cooperative pushes: at the pace that Telegram allows, in order, none lost."""
