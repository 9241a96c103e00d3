"""Argument parsing and printing; each command is read -> call -> write."""
