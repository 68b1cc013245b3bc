"""The contract: events, topics and headers. Imports pydantic and nothing else."""
