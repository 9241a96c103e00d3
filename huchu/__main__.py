"""`python -m huchu` does what `huchu` does."""

from huchu.cli.main import main

main()
