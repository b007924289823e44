"""What the people of the demonstration have been told before the pictures are taken; all of it invented."""

from datetime import timedelta

from cms.accounts.models import Unit, User
from cms.core import clock
from cms.messages.domain.compose import Recipient, write
from cms.messages.domain.reach import miss
from cms.messages.models import Message
from cms.messages.vault import Content

TEXTS = {
    "ka": Content("კონსულტაცია სხვა დღეს იქნება", "თქვენი კონსულტაცია ხუთშაბათს, 11:00 საათზე იქნება."),
    "ar": Content("تغيّر موعد الاستشارة", "ستكون استشارتك يوم الخميس في الساعة 11:00."),
    "it": Content("La consulenza è spostata", "La Sua consulenza sarà giovedì alle 11:00."),
    "de": Content("Ihre Beratung ist verlegt", "Ihre Beratung ist am Donnerstag um 11:00 Uhr."),
}
TOLD = (  # The telephone numbers belong to nobody: they are kept free for films.
    ("ka", "მანანა წყაროსთველი", "bazari", {"phone": "+49 30 23125014"}),
    ("ar", "يوسف الجسري", "mdinare", {"phone": "+49 30 23125027"}),
    ("it", "Pietro Collinassi", "sadguri", {"phone": "+49 30 23125038"}),
    ("ka", "დავით მთაწმინდელი", "bazari", {"email": "davit@khidi.example"}),
    ("it", "Luca Bellandri", "office", {"email": "applicant@khidi.example"}),
    ("de", "Ingrid Auenfelder", "office", {"email": "ingrid@khidi.example"}),
)


def fill() -> None:
    """Write messages, try one call in vain, and let the administrator read English."""
    messages = []
    for number, (language, name, unit, reached_at) in enumerate(TOLD):
        recipient = Recipient(name=name, language=language, **reached_at)
        owner = Unit.objects.get(code=unit)
        messages.append(write(template="test", recipient=recipient, content=TEXTS[language], unit=owner))
        written = clock.now() - timedelta(hours=8 - number)
        Message.objects.filter(pk=messages[-1].pk).update(created_at=written)
    miss(message=messages[0], by=User.objects.get(email="event.manager@khidi.example"), note="")
    admin = User.objects.get(email="admin@khidi.example")
    admin.preferred_language = "en"
    admin.save()
