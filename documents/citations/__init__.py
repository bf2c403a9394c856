"""The documents that a document names, and how it stands to them."""
