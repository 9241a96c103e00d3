"""`huchu dispatch` with a goal of several stations: its options, run and report."""
