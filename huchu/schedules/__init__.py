"""Schedules as files: the schedule itself, orders to a station, and the plan of 96 points."""
