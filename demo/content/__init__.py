"""Words of the demo town as plain data: messages, archive, town, people."""
