"""A made-up cooperative, for the demo and the tests."""
