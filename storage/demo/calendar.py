"""Months, as instalments count them."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day that many months later, or the last of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def monthly(since: date, until: date) -> list[date]:
    """That day of every month, both ends included."""
    count = (until.year - since.year) * 12 + until.month - since.month
    days = (add_months(since, n) for n in range(count + 1))
    return [day for day in days if day <= until]
