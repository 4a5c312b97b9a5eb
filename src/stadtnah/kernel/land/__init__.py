"""What the law of a Land says to a municipality about its website."""
