"""Mutation testing of triage's rules and of the clocks: small changes of the code, each of which a test must notice."""
