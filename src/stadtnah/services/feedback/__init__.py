"""What citizens tell the municipality through its website: a barrier that keeps them out, or anything else."""
