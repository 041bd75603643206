"""What scripts/bench measures with: pages of test results, fair timing, and one module for each measurement."""
