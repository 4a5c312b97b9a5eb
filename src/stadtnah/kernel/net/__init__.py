"""Outgoing HTTP, the only home of it: within a deadline, within a size, and never into our own network."""

from stadtnah.kernel.net.breaker import Breaker, BreakerState
from stadtnah.kernel.net.client import request, user_agent
from stadtnah.kernel.net.errors import Kind, NetError
from stadtnah.kernel.net.response import Response, retry_after

__all__ = ["Breaker", "BreakerState", "Kind", "NetError", "Response", "request", "retry_after", "user_agent"]
