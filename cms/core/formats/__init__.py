"""Dates, money and numbers as people of each language write them."""
