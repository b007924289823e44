"""Pages without an object behind them, menus, cache and feeds."""
