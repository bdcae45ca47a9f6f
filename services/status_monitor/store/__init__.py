"""All SQL of status-monitor, set-based: tickets and their ledger; pages, incidents, maintenances, detections."""
