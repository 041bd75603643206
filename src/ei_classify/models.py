"""The types of the objects that the API returns, generated from the contract."""

from ei_classify_api.models import *  # noqa: F403  # all models of the contract
