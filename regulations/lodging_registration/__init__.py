"""Registration of lodging of people from outside the mainland: the deadline, the channel and the papers.

Source  沪公行规〔2025〕3号 境外人员住宿登记办法
Check   tests/cases/regulations/lodging_registration
"""

from regulations.lodging_registration.assessing import assess
from regulations.lodging_registration.inputs import Inputs
from regulations.lodging_registration.terms import Terms

__all__ = ["Inputs", "Terms", "assess"]
