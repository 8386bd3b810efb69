"""What is printed, as rows of text cells."""
