"""Makes the activities of a made-up station importable for the tests beside the counting rules."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "call_counting"))
