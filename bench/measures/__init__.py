"""The measurements, a file each: `measure(bench)` returns what goes into the results."""
