"""Random attacks on what the project promises. `scripts/soak` runs them."""
