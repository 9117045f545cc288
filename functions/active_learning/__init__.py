"""A model labels what it is sure of, and chooses what people label next."""
