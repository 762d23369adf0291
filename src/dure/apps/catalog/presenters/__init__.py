"""What pages and exports show of needs and technologies, in the reader's words."""
