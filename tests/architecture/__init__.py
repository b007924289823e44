"""House rules that a person would forget; each is shown to catch what it forbids."""
