"""The words that facts are read by, as data: classes of words in five languages, one file for each kind of fact.

A class is a line without an indentation; below it come lines of a language and its words. `_` joins a phrase; `xx` is
every language. Accents do not count, nor do capitals.
"""
