"""What the cooperative decides about its notifications."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.notifications.templates import Template


@dataclass(frozen=True, slots=True)
class Occasions:
    """What the office tells members by itself; days before the date, longest first, or whether."""

    instalment_due: tuple[int, ...] = (5, 1)
    overdue: bool = True
    cdat_maturing: tuple[int, ...] = (30, 5)
    payment_received: bool = True
    new_certificate: bool = True
    birthday: bool = False
    stale_data: bool = True


@dataclass(frozen=True, slots=True)
class NotificationSettings:
    """`link_hosts`: where links in texts may lead. `closed_days`: no window opens on them."""

    templates: Mapping[str, Template] = field(default_factory=dict)
    link_hosts: frozenset[str] = frozenset()
    closed_days: frozenset[date] = frozenset()
    occasions: Occasions = Occasions()
