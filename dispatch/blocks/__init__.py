"""Constraint families, one file each; the folder is the registry."""
