"""One signal each: `<code>.toml` says it in words, `<code>.py` finds it."""
