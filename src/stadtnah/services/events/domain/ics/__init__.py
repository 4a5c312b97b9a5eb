"""Calendar files (RFC 5545): read as real programs write them, written as the RFC says."""
