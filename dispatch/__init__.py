"""What to do next: schedules of stations and fleets."""
