"""What people are told about what they handed in: where the mail leads depends on how they can come back."""

import pytest

from cms.forms.domain.tell import tell
from tests.accounts.factories import UserFactory
from tests.forms.factories import make_sent

pytestmark = pytest.mark.django_db


def test_with_an_account_the_mail_leads_to_the_page_itself():
    submission = make_sent(owner=UserFactory())
    message = tell(submission=submission, template="forms/note", context={"text": "Hello"})
    assert f"/my/{submission.token}/status/" in message.body


def test_without_one_it_leads_to_where_a_link_is_sent():
    submission = make_sent()
    message = tell(submission=submission, template="forms/note", context={"text": "Hello"})
    assert "/my/links/" in message.body
    assert str(submission.token) not in message.body
