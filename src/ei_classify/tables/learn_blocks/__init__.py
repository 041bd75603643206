"""The tables of learn blocks, one module per table. Support for a new kind of learn block starts here."""
