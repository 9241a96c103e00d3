"""AI shaping Shanghai: where the targets stand, which industries are covered, and what the plan's other figures say.

Source  沪府办发〔2024〕27号 关于人工智能“模塑申城”的实施方案
Check   tests/cases/regulations/ai_shaping_shanghai
"""

from regulations.ai_shaping_shanghai.assessing import assess
from regulations.ai_shaping_shanghai.inputs import Inputs
from regulations.ai_shaping_shanghai.terms import Terms

__all__ = ["Inputs", "Terms", "assess"]
