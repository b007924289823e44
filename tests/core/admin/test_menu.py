import pytest

from cms.accounts.models import User
from tests.sessions import sign_in


@pytest.mark.django_db
def test_the_admin_advertises_nothing(client):
    boss = User.objects.create_superuser("tamar@khidi.example", preferred_language="en")
    page = sign_in(client, boss).get("/admin/").content.decode()
    assert "keyboard-shortcuts-trigger" in page  # The menu itself is there.
    for sign in ("wagtail.org", "whats-new", "editor-guide"):
        assert sign not in page
