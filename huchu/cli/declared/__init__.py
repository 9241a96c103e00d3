"""What each command is called and which options it takes; what it does is loaded when it runs."""
