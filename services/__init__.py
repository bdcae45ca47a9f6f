"""The services of Upheld, one folder each, all with the same rooms."""
