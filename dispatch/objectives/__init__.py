"""What may be maximised, one file each; the folder is the registry."""
