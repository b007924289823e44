"""Page types without an object behind them."""

from cms.pages.models.home import HomePage

__all__ = ["HomePage"]
