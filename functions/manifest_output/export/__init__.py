"""Labels in formats that other tools read."""
