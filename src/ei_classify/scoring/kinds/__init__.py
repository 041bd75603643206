"""One module per kind of score: what it counts, and which figures follow from the counts."""
