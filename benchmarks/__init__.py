"""Measurements: ratios in one run, medians; never asserted in tests."""
