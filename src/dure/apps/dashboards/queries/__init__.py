"""What the start pages read: figures for all, what waits for the office, what is one's own."""
