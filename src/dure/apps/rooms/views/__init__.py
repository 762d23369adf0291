"""Pages of rooms and of bookings."""
