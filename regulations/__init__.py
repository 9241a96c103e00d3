"""The thirteen other gazette documents as supporting calculators, independent of each other."""
