"""Measurements of the aligner and of its peers; docs/benchmarks.md says how to run them."""
