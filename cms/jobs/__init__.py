"""The outbox: work is a row first, and a runner does it later."""
