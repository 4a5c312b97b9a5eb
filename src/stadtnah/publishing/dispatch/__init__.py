"""From a released snapshot to the channels: plan, claim, send, record, reconcile."""
