"""A registered household for holders of the residence permit: conditions, the five relaxations, family and papers.

Source  沪府规〔2024〕17号 持有《上海市居住证》人员申办本市常住户口办法
Check   tests/cases/regulations/household_registration
"""

from regulations.household_registration.assessed import assess
from regulations.household_registration.inputs import Inputs
from regulations.household_registration.terms import Terms

__all__ = ["Inputs", "Terms", "assess"]
