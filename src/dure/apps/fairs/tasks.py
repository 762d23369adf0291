"""What the long jobs of fairs do."""
