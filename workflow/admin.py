"""Holidays are master data; everything else of the flow is made by services and never edited."""

from django.contrib import admin

from workflow.models import Holiday


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """节假日与调休。"""

    list_display = ("day", "name", "working")
