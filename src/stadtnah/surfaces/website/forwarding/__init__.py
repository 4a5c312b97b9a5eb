"""Forwardings: old addresses that lead to a page, by hand, from a file, from the old website."""
