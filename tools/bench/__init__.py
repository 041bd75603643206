"""What scripts/bench measures with: made-up pages, peers, and one module for each measurement."""
