"""International exchange in words: rows, pages, sheets."""
