"""The notifier's rules: who is told, what a message says, and when to try again. No I/O, no clock, no uuid4."""
