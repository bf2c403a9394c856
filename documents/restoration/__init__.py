"""Text that was recognised or typed badly, made readable again."""
