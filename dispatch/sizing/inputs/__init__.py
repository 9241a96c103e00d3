"""What a developer gives: the project, its costs and fade, and the scenarios that it is judged by."""
