"""The doors: the command line (``cancu``), the HTTP interface and the page that explains it. Nothing is decided here; every
answer comes from the rooms below, and both doors print it in the same form."""
