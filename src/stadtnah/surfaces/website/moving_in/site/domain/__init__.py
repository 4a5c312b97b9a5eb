"""Rules about foreign websites: addresses, heads, what of a page is its content, where it belongs. No CMS, no network."""
