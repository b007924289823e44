"""Scripts, slugs and case: Python decides text, so that every engine and template agrees."""
