"""What is settled beside the meter: orders, plans, market prices, corrections, incidents and control availability."""
