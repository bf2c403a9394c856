"""What is wrong in the source itself."""
