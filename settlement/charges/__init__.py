"""Charge items, one file each; the folder is the registry, a document names the files that apply."""
