"""The inputs and the requests of a model that SageMaker trains."""
