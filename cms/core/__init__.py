"""What every room stands on: no model, no state, imports no room."""
