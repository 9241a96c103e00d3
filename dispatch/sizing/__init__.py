"""How large a station should be and what it earns over its life: power and energy as decisions, and the finance of a project."""
