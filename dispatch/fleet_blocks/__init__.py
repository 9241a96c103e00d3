"""What may hold for several stations together, one file each; the folder is the registry."""
