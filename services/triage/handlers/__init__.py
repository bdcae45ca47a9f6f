"""triage's beats: load, decide, save, put; for tickets and reference data, agents' acts, and what came late."""
