"""Routes of what people fill in, under /<language>/my/."""

from django.urls import path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.forms.views import (
    amend,
    answer,
    check,
    code,
    file,
    find,
    keep,
    leave,
    links,
    mine,
    receipt,
    resume,
    sent,
    status,
    tasks,
    withdraw,
    wizard,
    write,
)
from cms.forms.views.access import private

app_name = "forms"

urlpatterns = decorate_urlpatterns(
    [
        path("", mine.mine, name="mine"),
        path("find/", find.find, name="find"),
        path("links/", links.links, name="links"),
        path("leave/", leave.leave, name="leave"),
        path("resume/<str:key>/", resume.resume, name="resume"),
        path("<uuid:token>/", tasks.tasks, name="tasks"),
        path("<uuid:token>/step/<str:step>/", wizard.step, name="step"),
        path("<uuid:token>/check/", check.check, name="check"),
        path("<uuid:token>/receipt/", receipt.receipt, name="receipt"),
        path("<uuid:token>/sent/<int:number>/", sent.sent, name="sent"),
        path("<uuid:token>/file/<uuid:file>/", file.file, name="file"),
        path("<uuid:token>/status/", status.status, name="status"),
        path("<uuid:token>/answer/", answer.answer, name="answer"),
        path("<uuid:token>/answer/<str:step>/", answer.step, name="answer_step"),
        path("<uuid:token>/amend/", amend.amend, name="amend"),
        path("<uuid:token>/amend/drop/", amend.drop, name="drop_amendment"),
        path("<uuid:token>/write/", write.write, name="write"),
        path("<uuid:token>/withdraw/", withdraw.withdraw, name="withdraw"),
        path("<uuid:token>/link/", links.send_link, name="send_link"),
        path("<uuid:token>/code/", code.code, name="code"),
        path("<uuid:token>/keep/", keep.keep, name="keep"),
    ],
    private,
)
