import pytest
from django.urls import reverse

from cms.accounts.models import User
from tests.pages.factories import make_home
from tests.sessions import sign_in


@pytest.mark.django_db
def test_the_admin_advertises_nothing(client):
    boss = User.objects.create_superuser("tamar@khidi.example", preferred_language="en")
    page = sign_in(client, boss).get("/admin/").content.decode()
    assert "keyboard-shortcuts-trigger" in page  # The menu itself is there.
    for sign in ("wagtail.org", "whats-new", "editor-guide"):
        assert sign not in page


@pytest.mark.django_db
def test_nothing_is_sent_to_a_group_that_nobody_is_in(client):
    boss = User.objects.create_superuser("tamar@khidi.example", preferred_language="en")
    home = make_home("ka")
    page = sign_in(client, boss).get(reverse("wagtailadmin_pages:edit", args=[home.pk])).content.decode()
    assert "Save draft" in page
    assert "Moderators" not in page
    assert "/reports/workflow" not in page
