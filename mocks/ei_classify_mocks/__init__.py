"""Test doubles of the Edge Impulse classify API."""
