"""From a message to the bytes of a mail. Pure: the same message and settings give the same bytes."""
