"""What the machine does next."""
