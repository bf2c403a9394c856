"""From lines to items, sections, labels and tables."""
