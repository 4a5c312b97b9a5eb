"""Citizen services, one app each. They know publishing and the kernel, not each other."""
