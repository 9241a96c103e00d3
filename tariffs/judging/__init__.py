"""What a regulation judges with: clauses with their boundary words, periods, working days, and the shape of an assessment."""
