"""Our own bulk sender: mails from a skeleton, several connections, every outcome named."""
