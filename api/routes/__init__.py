"""The HTTP routes, one file per group; all below /api/v1."""
