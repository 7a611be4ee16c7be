"""`[notifications]` and `[[template]]`: what the cooperative pushes, and in which words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.notifications.buttons import LONGEST_LABEL, MOST, Opener, Opens
from domain.notifications.categories import Category
from domain.notifications.markup import FOOTER, MESSAGE_LIMIT, MarkupError, read_markup
from domain.notifications.settings import NotificationSettings, Occasions
from domain.notifications.templates import LONGEST_TEXT, PLACE, Kind, Template
from storage.cooperative.model import Flag, Table, Text, Whole, fault
from storage.cooperative.problems import Fault, Path, Problem

Host = Annotated[str, Field(strict=True, pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
TemplateId = Annotated[str, Field(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
PlaceName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=30)]
_DEFAULT = Occasions()
_PLACE_IN_LINK = re.compile(r'href\s*=\s*"[^"]*\{')
# The longest that a place of each kind is written out.
_WIDTHS = {
    Kind.TEXT: LONGEST_TEXT,
    Kind.DATE: 30,
    Kind.MONEY: 30,
    Kind.PERCENT: 15,
    Kind.NUMBER: 20,
}


class OccasionsTable(Table):
    """What the office tells by itself; the days before, longest first, or none."""

    instalment_due_days: tuple[Whole, ...] = _DEFAULT.instalment_due
    overdue: Flag = _DEFAULT.overdue
    cdat_maturing_days: tuple[Whole, ...] = _DEFAULT.cdat_maturing
    payment_received: Flag = _DEFAULT.payment_received
    new_certificate: Flag = _DEFAULT.new_certificate
    stale_data: Flag = _DEFAULT.stale_data
    birthday: Flag = _DEFAULT.birthday

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for key in ("instalment_due_days", "cdat_maturing_days"):
            days = getattr(self, key)
            if list(days) != sorted(set(days), reverse=True):
                raise fault(Fault.DESCENDING, key)
        return self

    def value(self) -> Occasions:
        given = self.model_dump()
        due, maturing = given.pop("instalment_due_days"), given.pop("cdat_maturing_days")
        return Occasions(instalment_due=due, cdat_maturing=maturing, **given)


class NotificationsTable(Table):
    link_hosts: tuple[Host, ...] = ()
    closed_days: tuple[date, ...] = ()
    occasions: OccasionsTable = Field(default_factory=OccasionsTable)


class ButtonTable(Table):
    opens: Opens
    label: Annotated[str, Field(strict=True, max_length=LONGEST_LABEL)] = ""


class TemplateTable(Table):
    """A text with typed places: `{amount}`."""

    id: TemplateId
    category: Category
    text: Text
    params: dict[PlaceName, Kind] = Field(default_factory=dict)
    buttons: Annotated[tuple[ButtonTable, ...], Field(max_length=MOST)] = ()

    def value(self) -> Template:
        buttons = tuple(Opener(button.opens, button.label) for button in self.buttons)
        return Template(self.id, self.category, self.text, self.params, buttons)


def settings_of(
    table: NotificationsTable, templates: Sequence[TemplateTable]
) -> NotificationSettings:
    """The settings of tables that have no problems."""
    return NotificationSettings(
        templates={template.id: template.value() for template in templates},
        link_hosts=frozenset(table.link_hosts),
        closed_days=frozenset(table.closed_days),
        occasions=table.occasions.value(),
    )


def template_problems(
    table: NotificationsTable, templates: Sequence[TemplateTable]
) -> Iterator[Problem]:
    """Ids given twice, markup that cannot be shown, places that do not agree with `params`."""
    seen: set[str] = set()
    for number, template in enumerate(templates):
        path: Path = ("template", number)
        if template.id in seen:
            yield Problem(Fault.REPEATED, (*path, "id"), {"detail": template.id})
        seen.add(template.id)
        yield from _markup_problems(template, table.link_hosts, (*path, "text"))
        yield from _place_problems(template, path)


def _markup_problems(
    template: TemplateTable, hosts: Sequence[str], path: Path
) -> Iterator[Problem]:
    linked = _PLACE_IN_LINK.search(template.text)
    if linked:
        yield Problem(Fault.MARKUP, path, {"detail": linked[0]})
    try:
        markup = read_markup(template.text, hosts)
    except MarkupError as error:
        yield Problem(Fault.MARKUP, path, {"detail": error.piece})
        return
    widths = sum(
        _WIDTHS[template.params[n]] for n in PLACE.findall(template.text) if n in template.params
    )
    limit = MESSAGE_LIMIT - FOOTER
    if markup.length + widths > limit:
        yield Problem(Fault.TOO_LONG, path, {"detail": limit})


def _place_problems(template: TemplateTable, path: Path) -> Iterator[Problem]:
    used = set(PLACE.findall(template.text))
    for name in sorted(used - set(template.params)):
        yield Problem(Fault.PLACE_UNKNOWN, (*path, "text"), {"detail": name})
    for name in sorted(set(template.params) - used):
        yield Problem(Fault.PLACE_UNUSED, (*path, "params", name), {"detail": name})
    stray = re.sub(PLACE, "", template.text)
    if "{" in stray or "}" in stray:
        yield Problem(Fault.MARKUP, (*path, "text"), {"detail": "{ }"})
