"""What learn blocks say of samples, a module per table. Support for a new kind of learn block starts here."""
