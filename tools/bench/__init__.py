"""What scripts/bench measures with: made-up pages, and one module for each measurement."""
