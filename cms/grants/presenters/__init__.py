"""What pages show of calls."""

from cms.grants.presenters.call import CallFacts, facts
from cms.grants.presenters.calls import CallList, call_list
from cms.grants.presenters.questions import AllQuestions, all_questions
from cms.grants.presenters.start import StartPage, start_page

__all__ = [
    "AllQuestions",
    "CallFacts",
    "CallList",
    "StartPage",
    "all_questions",
    "call_list",
    "facts",
    "start_page",
]
