"""What a round decided becomes labels."""
