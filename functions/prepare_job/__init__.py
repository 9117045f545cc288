"""The manifest, checked and cut into shards."""
