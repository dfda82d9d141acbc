"""Master data of the orders floor: business kinds and products."""

from django.contrib import admin

from orders.models import BusinessKind, Product
from parties.back_office import MoneyApart


@admin.register(BusinessKind)
class BusinessKindAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """业务种类（第五条）。"""

    list_display = ("code", "name", "version", "active")

    def has_add_permission(self, request: object) -> bool:
        """在「业务种类」页上编订，那里每一版都留着（第五条）。"""
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Product)
class ProductAdmin(MoneyApart):
    """产品；参考价只给看得见钱的人（B7）。"""

    money = ("default_price",)

    list_display = ("code", "name", "specification", "unit", "default_price", "active")
    search_fields = ("code", "name")
