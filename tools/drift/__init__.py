"""The application behind scripts/drift: cutting a vendor's document, comparing it, and adopting changes."""
