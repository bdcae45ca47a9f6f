"""All SQL of the notifier: what is owed (the handlers' side) and what is on its way (the delivery's side).

- A ticket's row is locked before its deliveries are added or settled: whoever adds sees what is unfinished, whoever
  settles sees what is queued, so a lane always has exactly one `due` row while anything in it is unfinished.
- Statements that lock or write several rows do so sorted.
"""
