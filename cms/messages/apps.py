from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "cms.messages"
    label = "cms_messages"
