"""The manifest, streamed: checked line by line, counted, cut into shards."""
