"""What a model that SageMaker trained answers."""
