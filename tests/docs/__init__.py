"""The pages as a reader follows them: every command runs, and so does every example."""
