"""What counts as a full-capacity call, one rule a file; the folder is the registry, a setting names the rule."""
