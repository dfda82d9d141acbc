"""Starts, watches and stops what an installation consists of: PostgreSQL, Valkey, web, worker, beat."""
