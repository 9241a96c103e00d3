"""What is known when: a whole horizon at once, or windows that roll on."""
