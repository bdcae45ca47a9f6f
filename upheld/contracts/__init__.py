"""The published contracts as files of the repository, and the gate that no change breaks who relies on them.

`documents` makes the files, `promises` those that the gate compares; `rules` and `gate` say which changes break whom,
`baseline` finds what was published before.
"""
