"""Stadtnah: municipal citizen communication. Write once, the municipality releases exactly these bytes."""

__version__ = "0.1.0"
