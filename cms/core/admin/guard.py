"""Object checks for every subview of a Wagtail viewset.

Wagtail asks its permission policy about the model, and about an object in some views only. Here a
viewset names the objects a person may see once; every URL with an object answers 404 for all
others, whatever the method, and the listing with its exports shows nothing else.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver
from wagtail.admin.views.generic import IndexView

View = Callable[..., HttpResponseBase]
Person = AbstractBaseUser | AnonymousUser


class VisibleIndex(IndexView):
    """A listing, with its search, filters and exports, over what the person may see."""

    visible_to: Callable[[Person], QuerySet[Model]] | None = None

    def get_base_queryset(self) -> QuerySet[Model]:
        """Start from the visible objects only; without `visible_to` there are none."""
        if self.visible_to is None:
            raise ImproperlyConfigured(f"{type(self).__name__} is used outside an ObjectGuard.")
        return self.visible_to(self.request.user)


class ObjectGuard:
    """Mixin before `ModelViewSet`: the viewset gives `visible_to(self, user)`.

    A viewset's own index view must extend `VisibleIndex`, and every own URL with a parameter must
    call the object's key `pk`; anything else stops the server from starting.
    """

    index_view_class: type[VisibleIndex] = VisibleIndex

    def visible_to(self, user: Person) -> QuerySet[Any]:
        """Return the objects that `user` may see, usually by the room's policy."""
        raise NotImplementedError

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        """Hand `visible_to` to the views that have a place for it: the listing."""
        common: dict[str, object] = super().get_common_view_kwargs(  # type: ignore[misc]  # of the viewset
            visible_to=self.visible_to, **kwargs
        )
        return common

    def on_register(self) -> None:
        """Refuse an index view that would show everything."""
        if not issubclass(self.index_view_class, VisibleIndex):
            raise ImproperlyConfigured(f"{type(self).__name__}.index_view_class must extend VisibleIndex.")
        super().on_register()  # type: ignore[misc]  # of the viewset

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        """Put the check before every view with an object."""
        patterns: list[URLPattern | URLResolver] = super().get_urlpatterns()  # type: ignore[misc]  # of the viewset
        self._guard_all(patterns)
        return patterns

    def _guard_all(self, patterns: Iterable[URLPattern | URLResolver]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                raise ImproperlyConfigured(f"{type(self).__name__} includes URLs that nobody guards.")
            parameters = pattern.pattern.regex.groupindex
            if pattern.pattern.regex.groups and "pk" not in parameters:
                raise ImproperlyConfigured(f"{type(self).__name__}: name the object `pk` in {pattern}.")
            pattern.callback = self.guarded(pattern.callback)

    def guarded(self, view: View) -> View:
        """Return `view` answering 404 for an object the person may not see.

        The key is the keyword `pk` or, for a view called from code, the first positional argument.
        """

        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            key = kwargs.get("pk", args[0] if args else None)
            if key is not None and not self.sees(request.user, key):
                raise Http404
            return view(request, *args, **kwargs)

        return checked

    def sees(self, user: Person, key: object) -> bool:
        """Tell whether the object with this primary key, as written in a URL, is visible."""
        try:
            return self.visible_to(user).filter(pk=unquote(str(key))).exists()
        except (ValueError, TypeError, OverflowError):  # No key of this model looks like that.
            return False
