"""The sub-commands of `stadtnah`."""
