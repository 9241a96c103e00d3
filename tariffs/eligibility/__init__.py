"""Rules on stations and projects: who may be settled how. One file a rule."""
