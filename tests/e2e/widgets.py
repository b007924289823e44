"""A form in the admin with every widget that Wagtail starts by a script."""

from django import forms
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminPageChooser, AdminTimeInput
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.widgets import AdminImageChooser

from cms.urls import urlpatterns as all_urls


class EveryWidget(forms.Form):
    day = forms.DateField(widget=AdminDateInput)
    hour = forms.TimeField(widget=AdminTimeInput)
    moment = forms.DateTimeField(widget=AdminDateTimeInput)
    page = forms.CharField(widget=AdminPageChooser)
    picture = forms.CharField(widget=AdminImageChooser)
    document = forms.CharField(widget=AdminDocumentChooser)


PAGE = """{% extends "wagtailadmin/base.html" %}
{% block content %}<form>{{ form.as_div }}</form>{% endblock %}
{% block extra_js %}{{ block.super }}{{ form.media.js }}{% endblock %}
{% block extra_css %}{{ block.super }}{{ form.media.css }}{% endblock %}"""


@require_admin_access
def widgets(request):
    return HttpResponse(Template(PAGE).render(RequestContext(request, {"form": EveryWidget()})))


urlpatterns = [path("admin/widgets/", widgets), *all_urls]
