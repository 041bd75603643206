"""The types of what the API returns, generated from the contract."""

from ei_classify_api.models import *  # noqa: F403  # all that the contract has
