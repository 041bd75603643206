"""Paging: which page comes next, what is wrong with it, and the drivers that fetch pages ahead."""
