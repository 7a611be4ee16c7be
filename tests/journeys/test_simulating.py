"""Simulations on the phone: a visitor, a member, an employee, over two replicas."""

import pytest
from sqlalchemy import insert, select, update

from storage.schema import consent, lead, lead_event, member, staff
from tests.journeys.member import DOCUMENT
from tests.journeys.staff_member import CLARA, StaffPhone
