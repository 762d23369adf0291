"""Pages of data products and of transfers."""
