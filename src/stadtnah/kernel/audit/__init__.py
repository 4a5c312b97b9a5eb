"""The append-only log: what happened, who did it. `api.record` appends, `api.verify` checks the chain."""
