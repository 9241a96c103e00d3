"""`huchu v2g`: charging sessions as one store, a plan for it, and each session's part of the plan."""
