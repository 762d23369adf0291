"""What people fill in about fairs."""
