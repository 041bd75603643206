"""The command line of the doubles. Its help needs nothing but the standard library."""
