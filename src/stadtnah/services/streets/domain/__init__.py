"""The rules: what a register of streets is, which dates are the same, what a holiday shifts."""
