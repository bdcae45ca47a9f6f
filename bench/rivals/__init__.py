"""Others' software that takes tickets or alerts over HTTP, run beside as its own documentation has it in production.

Each is installed from pinned requirements into a virtual environment of its own in the project's cache folder; nothing
of it is a dependency of Upheld.
"""
