"""What a model needs of a Station, derived once for each step."""
