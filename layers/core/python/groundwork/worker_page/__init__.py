"""The page a worker's frame loads: limited Liquid in a sandbox."""
