"""Pages of agreements, request sheets and hand-overs."""
