"""The SageMaker trainer: a training job and a batch transform in place of our own functions (spec: workflows §3.8)."""
