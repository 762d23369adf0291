"""What people fill in: filters, records, files."""
