"""From data objects to what a model sees of them, shard by shard, by whichever extractor the job has."""
