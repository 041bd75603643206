"""Where a Studio double answers, and the headers that are its own."""

BASE = "/v1"
"""The path at which the API begins, as on the real server."""

CONTROL = "/control"
"""The path at which the routes begin that steer the double; they are not part of the API."""

HEADER = "x-studio-fault"
"""The request header that asks for faults, separated by semicolons, for that request."""

CONTROL_HEADER = "x-studio-control"
"""The request header that the routes below `CONTROL` need, with any value. A page in a browser cannot send
it to another origin."""
