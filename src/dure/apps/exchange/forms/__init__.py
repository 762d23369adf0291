"""What people fill in of international exchange."""
