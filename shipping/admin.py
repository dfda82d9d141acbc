"""Master data of the shipping floor: carriers."""

from django.contrib import admin

from shipping.models import Carrier


@admin.register(Carrier)
class CarrierAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """承运商（A55）；停用而不删除。"""

    list_display = ("code", "name", "phone", "active")
    search_fields = ("code", "name")

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False
