"""allauth's mails, sent as messages."""

from cms.accounts.adapter import AccountAdapter as BaseAdapter


class AccountAdapter(BaseAdapter):
    """Codes go out as secret messages."""
