"""What can be done to calls and applications: one function a verb."""

from cms.grants.domain.begin_application import begin_application, help_to_apply
from cms.grants.domain.keep_titles import keep_titles
from cms.grants.domain.save_call import save_call

__all__ = ["begin_application", "help_to_apply", "keep_titles", "save_call"]
