"""What can be done to calls and applications: one function a verb."""

from cms.grants.domain.keep_titles import keep_titles

__all__ = ["keep_titles"]
