"""status-monitor's beats: load, decide, save, put; for the log, for agents, for time, for pages and monitors."""
