"""The rural collective economy: where it stands towards the targets, and which duties a deal or a contract meets.

Source  沪府办发〔2024〕26号 关于进一步促进新型农村集体经济高质量发展的若干措施
Check   tests/cases/regulations/rural_collective_economy
"""

from regulations.rural_collective_economy.assessing import assess
from regulations.rural_collective_economy.inputs import Inputs
from regulations.rural_collective_economy.terms import Terms

__all__ = ["Inputs", "Terms", "assess"]
