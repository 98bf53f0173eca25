"""Learns the aligner's weights: `python -m benchmarks.training`."""
