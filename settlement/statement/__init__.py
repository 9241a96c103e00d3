"""From quantities and documents to the lines of a statement."""
