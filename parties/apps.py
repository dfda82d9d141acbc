from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """第一章 总则：谁——人员、部门、班组、角色、授权书、客户。"""

    name = "parties"
    verbose_name = "人与客户"
    default_auto_field = "django.db.models.BigAutoField"
