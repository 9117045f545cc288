"""One module a task type; the registry is the only way to them."""
