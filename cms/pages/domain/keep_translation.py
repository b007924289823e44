"""Say that a translation still fits although its source was reworded."""

from django.db import transaction
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import validate_translation_links

from cms.accounts.models import User
from cms.audit.domain.record import record
from cms.pages.enums import TranslationState
from cms.pages.staleness.lines import Line


class LinksChangedError(ValueError):
    """The translation has a link that the new wording lacks: it cannot stay as it is."""


@transaction.atomic
def keep_translation(*, line: Line, by: User) -> bool:
    """Take the present translation for the present wording; tell whether there was one to take.

    It counts as made by a person from now on, because one has read it.

    Raises:
        LinksChangedError: the sentence has lost a link.

    """
    if line.state not in {TranslationState.STALE, TranslationState.MACHINE}:
        return False
    try:
        validate_translation_links(line.text, line.translation)
    except ValueError as error:
        raise LinksChangedError from error
    translation = Translation.objects.select_for_update().get(pk=line.translation_id)
    StringTranslation.objects.update_or_create(
        translation_of_id=line.string_id,
        context_id=line.context_id,
        locale_id=translation.target_locale_id,
        defaults={
            "data": line.translation,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": by,
            "has_error": False,
            "field_error": "",
        },
    )
    details = {"path": line.path, "language": translation.target_locale.language_code}
    record("pages.keep_translation", target=translation, actor=by, details=details)
    return True
