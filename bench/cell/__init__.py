"""A cell that benchmarks fill."""
