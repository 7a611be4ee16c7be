"""The whole file against its tables."""

from typing import Any

from pydantic import Field, ValidationError

from domain.cooperative import Cooperative
from domain.products.lines import Products
from domain.products.tables import Tables
from storage.cooperative.consistency import inconsistencies
from storage.cooperative.documents import DocumentsTable
from storage.cooperative.figures import (
    ByMonth,
    ByYear,
    PayrollTable,
    WithholdingTable,
    by_year,
    caps,
    contradictions,
)
from storage.cooperative.findings import problems_of
from storage.cooperative.identity import (
    DataProcessingTable,
    IdentityTable,
    PoliciesTable,
    policies,
)
from storage.cooperative.lines import CdatTable, CreditTable
from storage.cooperative.model import Table
from storage.cooperative.notifications import (
    NotificationsTable,
    TemplateTable,
    settings_of,
    template_problems,
)
from storage.cooperative.problems import Problem


class CooperativeTables(Table):
    """Every table that the file may have; the names are those of the file."""

    cooperative: IdentityTable
    data_processing: DataProcessingTable
    policies: PoliciesTable = Field(default_factory=PoliciesTable)  # type: ignore[valid-type]
    documents: DocumentsTable = Field(default_factory=DocumentsTable)
    uvt: ByYear = Field(default_factory=dict)
    smmlv: ByYear = Field(default_factory=dict)
    usury: ByMonth = Field(default_factory=dict)
    bank_interest: ByMonth = Field(default_factory=dict)
    withholding: tuple[WithholdingTable, ...] = ()
    payroll: PayrollTable = Field(default_factory=PayrollTable)
    credit: tuple[CreditTable, ...] = ()
    cdat: tuple[CdatTable, ...] = ()
    notifications: NotificationsTable = Field(default_factory=NotificationsTable)
    template: tuple[TemplateTable, ...] = ()

    def value(self) -> Cooperative:
        return Cooperative(
            **self.cooperative.model_dump(),
            data_processing=self.data_processing.value(),
            policies=policies(self.policies),
            products=self.products(),
            notifications=settings_of(self.notifications, self.template),
            signatory=self.documents.value(),
        )

    def products(self) -> Products:
        tables = Tables(
            uvt=by_year(self.uvt),
            minimum_wage=by_year(self.smmlv),
            usury=caps(self.usury, self.bank_interest),
            withholding=tuple(rule.value() for rule in self.withholding),
        )
        return Products(
            credits=tuple(line.value() for line in self.credit),
            cdats=tuple(line.value() for line in self.cdat),
            tables=tables,
            payroll=self.payroll.value(),
        )


def validate(parsed: dict[str, Any]) -> Cooperative | tuple[Problem, ...]:
    """The cooperative of a parsed file, or all that is wrong with it."""
    try:
        tables = CooperativeTables.model_validate(parsed)
    except ValidationError as error:
        return tuple(problems_of(error))
    cooperative = tables.value()
    contradicting = contradictions(tables.usury, tables.bank_interest)
    wrong_texts = template_problems(tables.notifications, tables.template)
    return (*contradicting, *inconsistencies(cooperative.products), *wrong_texts) or cooperative
