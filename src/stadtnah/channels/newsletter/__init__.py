"""Newsletter by mail: sign-up with double opt-in, rendering, sending over the town's own SMTP server."""
