"""The account page, and allauth's views where ours differ."""
