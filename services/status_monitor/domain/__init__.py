"""The rules of status-monitor, pure: no I/O, no clock; the time and the policies known are arguments."""
