"""The head and the foot of a document: who issued it, as what, when, and who signed."""
