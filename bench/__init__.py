"""The bench: how fast Upheld is, always beside something that does the same work without it.

- `python -m bench` runs every measurement on one real Kafka and Postgres, prints one table and writes
  `bench/results/latest.json`; docs/performance.md says what each figure means.
- `measures/` has a file a measurement, `rivals/` others' software that is run beside. The rest is what they share:
  `house` (an installation), `world` (what is reported), `gate` (records that appear at one instant), `meter` (CPU),
  `raw` (the loop that everything is compared with), `figures` (arithmetic), `table` (what is shown).
- Services are measured as they run in production: `upheld run NAME`, a process each, driven through Kafka and HTTP.
"""
