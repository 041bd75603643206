"""Where a Studio double answers, and the header that is its own."""

BASE = "/v1"
"""The path at which the API begins, as on the real server."""

CONTROL = "/control"
"""The path at which the routes begin that steer the double; they are not part of the API."""

HEADER = "x-studio-fault"
"""The request header that asks for faults, separated by semicolons, for that request."""
