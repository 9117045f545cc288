"""`make bench`: speed, memory and cost of Groundwork on this machine (docs/benchmarks.md)."""
