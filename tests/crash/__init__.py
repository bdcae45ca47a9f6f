"""The crash test: load, faults, and a checker that judges afterwards from what was left behind."""
