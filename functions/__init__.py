"""The Lambda functions: one package a stage; parse, call the core, return a model."""
