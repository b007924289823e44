"""A person who can sign in."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cms.core import clock


def languages() -> list[tuple[str, str]]:
    """Return the languages of this site as choices."""
    return list(settings.LANGUAGES)


def first_language() -> str:
    """Return the language a person is written to until they choose another."""
    return settings.LANGUAGE_CODE


class UserManager(BaseUserManager["User"]):
    """People are made with an e-mail address and no password: they sign in by a code."""

    def create_user(self, email: str, **fields: Any) -> "User":
        """Create a person without a usable password; allauth asks for the address to be confirmed."""
        fields.pop("password", None)  # `createsuperuser` always offers one.
        user = self.model(email=email.strip(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    @transaction.atomic
    def create_superuser(self, email: str, **fields: Any) -> "User":
        """Create a person with every right and a confirmed address; a second factor is still asked for."""
        from allauth.account.models import EmailAddress  # noqa: PLC0415 - it points to this very model

        user = self.create_user(email, **{**fields, "is_superuser": True})
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Find a person by address whatever its case."""
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """E-mail address, one name in any script, and the language the person is written to."""

    email = models.EmailField(
        _("e-mail address"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("There is already a person with this address.")},
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    preferred_language = models.CharField(
        _("language"), max_length=35, choices=languages, default=first_language
    )
    is_active = models.BooleanField(_("active"), default=True)
    invited = models.BooleanField(default=False, editable=False)  # Made by us, not by themselves.
    date_joined = models.DateTimeField(_("joined"), default=clock.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (
            # Together with `unique`: one person an address, whatever its case.
            models.CheckConstraint(condition=models.Q(email=Lower(F("email"))), name="address_in_lower_case"),
        )

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """Compare addresses in lower case, as they are stored."""
        super().clean()
        self.email = self.email.lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the address in lower case."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    @property
    def first_name(self) -> str:
        """Return the whole name, for the foot of Wagtail's menu: it asks for this attribute alone."""
        return self.name

    def get_full_name(self) -> str:
        """Return the name as the person wrote it."""
        return self.name

    def get_short_name(self) -> str:
        """Return the whole name: cutting names is wrong in most of the world."""
        return self.name
