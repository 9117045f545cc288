"""How far a job's labels can be trusted: agreement, workers, confidence, and the report that shows them."""
