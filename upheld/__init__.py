"""The command, the stack that it can start, and the demo; imports services and shared, is imported by neither."""
