"""How the start pages say what waits, what is new and what the figures are."""
