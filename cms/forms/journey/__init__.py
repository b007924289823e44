"""The way through a form: which steps and questions there are, what was answered, what is missing.

No HTTP and no request: wizard, tests, import and sending ask the same object.
"""

from cms.forms.journey.form import StepForm
from cms.forms.journey.outline import Outline, StepOutline, language_of, outline_of
from cms.forms.journey.steps import Step, StepState
from cms.forms.journey.way import Journey

__all__ = ["Journey", "Outline", "Step", "StepForm", "StepOutline", "StepState", "language_of", "outline_of"]
