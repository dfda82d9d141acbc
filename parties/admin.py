"""Master data for administrators: people, departments, customers, authorisations (never anything with a machine)."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parties import second_factor
from parties.back_office import MoneyApart
from parties.http import StaffRequest
from parties.models import AmountLimit, Authorisation, Company, Contact, Customer, Department, Team, User
from parties.reauth import Proof
from parties.views.proving import with_proof


class InitialPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """管理员重设的口令，本人下次登录先改。"""

    def save(self, commit: bool = True) -> Any:
        self.user.initial_password = True
        return super().save(commit=commit)


admin.site.site_title = admin.site.site_header = _("跟单 管理后台")
admin.site.index_title = _("人员、部门、公司、客户")
admin.site.unregister(Group)  # rights are the role table's, never a group's (parties/roles.py)


@admin.register(User)
class StaffAdmin(UserAdmin):  # type: ignore[type-arg]
    """人员：岗位、部门、班组；停用而不删除。"""

    list_display = ("username", "name", "role", "department", "team", "is_active")
    list_filter = ("role", "department", "is_active")
    search_fields = ("username", "name")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("人员"), {"fields": ("name", "role", "department", "team", "phone", "email")}),
        (_("登录"), {"fields": ("is_active", "is_staff", "is_superuser", "last_login")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "role", "department", "team", "password1", "password2")}),)
    filter_horizontal = ()
    change_password_form = InitialPasswordForm
    actions = ("clear_second_factor",)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """管理员给的口令是初始口令，本人第一次登录就改。"""
        obj.initial_password = obj.initial_password or not change
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False

    @admin.action(description=_("清除二次验证（手机丢了）"), permissions=["change"])
    def clear_second_factor(self, request: StaffRequest, chosen: QuerySet[User]) -> HttpResponse:
        """手机丢了：管理员先证明自己，再清掉这个人的通行密钥和动态码（第三条）。"""
        people = list(chosen)

        def do(_proof: Proof) -> HttpResponse:
            for person in people:
                second_factor.clear(person, actor=request.user, request=request)
            names = "、".join(str(person) for person in people)
            messages.success(request, gettext("%(names)s的二次验证清掉了，登录也都结束了。") % {"names": names})
            return HttpResponseRedirect(request.get_full_path())

        words = gettext("清除%(names)s的二次验证") % {"names": "、".join(str(person) for person in people)}
        return with_proof(request, words, reverse("admin:parties_user_changelist"), do, always=True)


class ContactInline(admin.TabularInline):  # type: ignore[type-arg]
    """客户的联系人。"""

    model = Contact
    extra = 0


@admin.register(Customer)
class CustomerAdmin(MoneyApart):
    """客户；信用额度只给看得见钱的人（B7）。"""

    money = ("credit_limit",)

    list_display = ("code", "name", "payment_terms", "credit_limit", "salesperson", "active")
    search_fields = ("code", "name")
    inlines = (ContactInline,)


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """部门与第一负责人。"""

    list_display = ("code", "name", "function", "head")


@admin.register(Authorisation)
class AuthorisationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """授权书：只加不改，撤销另立一份。"""

    list_display = ("number", "scope", "grantor", "delegate", "department", "valid_from", "valid_to", "revokes")

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False


admin.site.register([Company, Team, AmountLimit])
