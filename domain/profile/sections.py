"""The form: six sections as on the cooperative's portal, and the beneficiaries.

Fields: the usual update forms of Colombian savings-and-credit cooperatives (Circular Basica
Juridica of the Superintendencia de la Economia Solidaria, title V, annex 5; PEP: Decreto 1081
of 2015, art. 2.1.4.2.2).
"""

from collections.abc import Mapping

from domain.profile.form import Field, Section, above_zero, chosen
from domain.profile.kinds import (
    Amount,
    Choice,
    Day,
    DocumentNumber,
    Email,
    Municipality,
    Name,
    Nit,
    Share,
    Telephone,
    Words,
)
from domain.profile.rules import distinct, in_order, whole_shares

_YES_NO = Choice("yes_no", ("yes", "no"))
_DOCUMENT_TYPES = Choice("document_type", ("CC", "TI", "RC", "CE", "PPT", "PA"))
_KIN = Choice("kin", ("child", "spouse", "parent", "sibling", "grandchild", "other"))
_WORKS = chosen("occupation", "teacher", "employee")

PERSONAL = Section(
    "personal",
    (
        Field("address", Words(100, shortest=5)),
        Field("neighbourhood", Words(60)),
        Field("municipality", Municipality()),
        Field("mobile", Telephone(mobile=True), risky=True),
        Field("phone", Telephone(), optional=True),
        Field("email", Email(), risky=True),
        Field("housing", Choice("housing", ("owned", "family", "rented"))),
        Field("stratum", Choice("stratum", ("1", "2", "3", "4", "5", "6"))),
        Field(
            "marital_status",
            Choice(
                "marital_status", ("single", "married", "union", "separated", "divorced", "widowed")
            ),
        ),
        Field("spouse", Name(), asked=chosen("marital_status", "married", "union")),
        Field(
            "education",
            Choice(
                "education", ("primary", "secondary", "technical", "university", "postgraduate")
            ),
        ),
        Field("profession", Words(60)),
        Field("first_names", Name(), risky=True),
        Field("surnames", Name(), risky=True),
        Field("gender", Choice("gender", ("female", "male", "other")), optional=True),
        Field("birth_place", Municipality(), optional=True),
        Field("issued_on", Day()),
        Field("issued_at", Municipality()),
    ),
)
WORK = Section(
    "work",
    (
        Field(
            "occupation",
            Choice(
                "occupation", ("teacher", "pensioner", "employee", "independent", "home", "student")
            ),
        ),
        Field("employer", Words(80), asked=_WORKS),
        Field("employer_nit", Nit(), optional=True, asked=_WORKS),
        Field("sector", Choice("sector", ("public", "private", "mixed")), asked=_WORKS),
        Field("post", Words(60), asked=_WORKS),
        Field("started_on", Day(), asked=_WORKS),
        Field(
            "contract",
            Choice("contract", ("permanent", "indefinite", "fixed", "provisional", "services")),
            asked=_WORKS,
        ),
        Field("grade", Words(10, shortest=1), optional=True, asked=chosen("occupation", "teacher")),
        Field("payroll_office", Words(80), asked=chosen("occupation", "teacher", "pensioner")),
        Field("work_address", Words(100, shortest=5), optional=True, asked=_WORKS),
        Field("work_municipality", Municipality(), optional=True, asked=_WORKS),
        Field("work_phone", Telephone(), optional=True, asked=_WORKS),
    ),
)
ADDITIONAL = Section(
    "additional",
    (
        Field("pep", _YES_NO, risky=True),
        Field("pep_post", Words(80), asked=chosen("pep", "yes")),
        Field("pep_since", Day(), asked=chosen("pep", "yes")),
        Field("pep_until", Day(), optional=True, asked=chosen("pep", "yes")),
        Field("pep_relative", _YES_NO, risky=True),
        Field("pep_relative_name", Name(), asked=chosen("pep_relative", "yes")),
        Field("pep_relative_kin", _KIN, asked=chosen("pep_relative", "yes")),
        Field("pep_relative_post", Words(80), asked=chosen("pep_relative", "yes")),
        Field("tax_abroad", _YES_NO),
        Field("tax_country", Name(60), asked=chosen("tax_abroad", "yes")),
        Field("tax_number", Words(30), asked=chosen("tax_abroad", "yes")),
        Field("foreign_currency", _YES_NO),
        Field(
            "foreign_operations",
            Choice(
                "foreign_operations",
                ("remittances", "imports", "exports", "investments", "loans", "other"),
            ),
            asked=chosen("foreign_currency", "yes"),
        ),
        Field("correspondence", Choice("correspondence", ("email", "home", "work", "office"))),
    ),
    rules=(in_order("pep_since", "pep_until"),),
)
INCOME = Section(
    "income",
    (
        Field("salary", Amount()),
        Field("pension", Amount()),
        Field("other_income", Amount()),
        Field("other_income_concept", Words(80), asked=above_zero("other_income")),
        Field("household_expenses", Amount()),
        Field("financial_expenses", Amount()),
        Field("assets", Amount()),
        Field("liabilities", Amount()),
        Field("source_of_funds", Words(120, shortest=3)),
    ),
)
REFERENCES = Section(
    "references",
    (
        Field("kind", Choice("reference", ("personal", "family"))),
        Field("name", Name()),
        Field(
            "tie",
            Choice("tie", ("friend", "neighbour", "colleague", "spouse", "parent", "child", "kin")),
        ),
        Field("phone", Telephone()),
        Field("municipality", Municipality()),
    ),
    most=4,
    others=True,
    rules=(distinct("phone"),),
)
DEPENDANTS = Section(
    "dependants",
    (
        Field("name", Name()),
        Field("kin", _KIN),
        Field("birth_date", Day()),
        Field("document_type", _DOCUMENT_TYPES),
        Field("document", DocumentNumber()),
        Field(
            "schooling",
            Choice(
                "schooling",
                ("none", "preschool", "primary", "secondary", "technical", "university"),
            ),
            optional=True,
        ),
    ),
    most=10,
    others=True,
    rules=(distinct("document"),),
)
BENEFICIARIES = Section(
    "beneficiaries",
    (
        Field("name", Name(), risky=True),
        Field("kin", _KIN),
        Field("document_type", _DOCUMENT_TYPES),
        Field("document", DocumentNumber(), risky=True),
        Field("share", Share(), risky=True),
        Field("phone", Telephone(), optional=True),
    ),
    most=10,
    others=True,
    rules=(distinct("document"), whole_shares),
)
SECTIONS: Mapping[str, Section] = {
    section.name: section
    for section in (
        PERSONAL,
        WORK,
        ADDITIONAL,
        INCOME,
        REFERENCES,
        DEPENDANTS,
        BENEFICIARIES,
    )
}
