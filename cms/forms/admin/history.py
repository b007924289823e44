"""Wagtail's history of the site asks what kind of thing somebody may change: here also whose it is."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models.audit_log import ModelLogEntryManager

from cms.accounts.policy import Person
from cms.forms.models import FormDefinition
from cms.forms.policy import definitions_visible_to

_of_everybody = ModelLogEntryManager.viewable_by_user


def viewable_by_user(entries: ModelLogEntryManager, user: Person) -> QuerySet[Any]:
    """Return the entries that `user` may read: of texts of forms those of the texts they write."""
    own = definitions_visible_to(user).annotate(key=Cast("pk", CharField())).values("key")
    texts = Q(content_type=ContentType.objects.get_for_model(FormDefinition))
    found: QuerySet[Any] = _of_everybody(entries, user)
    return found.filter(~texts | Q(object_id__in=own))
