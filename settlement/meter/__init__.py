"""Meter readings in: file formats, checks, estimates, register differences."""
