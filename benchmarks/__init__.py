"""Benchmarks: the product beside its limit or its peer, in the same run."""
