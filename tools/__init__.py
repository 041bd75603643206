"""The applications behind scripts/. Scripts and tests import them; the distribution leaves them out."""
