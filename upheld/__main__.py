"""`python -m upheld`: the same command, where no script is installed."""

from upheld.cli import main

main()
