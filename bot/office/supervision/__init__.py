"""The supervisor's page: who may come in, and what is shown there."""
