"""`huchu size`: what the command line asks for, what is run, what is told."""
