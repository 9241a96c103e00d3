"""Pictures of schedules. Nothing here loads matplotlib before something is drawn."""
