"""Service facilities embedded in communities: who lives within the walk, what is there, and what may be done.

Source  沪府办发〔2024〕25号 上海市社区嵌入式服务设施建设工程实施方案
Check   tests/cases/regulations/community_facilities
"""

from regulations.community_facilities.assessing import assess
from regulations.community_facilities.inputs import Inputs
from regulations.community_facilities.terms import Terms

__all__ = ["Inputs", "Terms", "assess"]
