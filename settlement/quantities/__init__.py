"""Billing quantities, one file each: what charge items may read."""
