"""部门：建一个，定它的第一负责人（第十七条、第十九条）。"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from parties.models import Department, User
from parties.roles import Function, Role

OPEN, ADMINISTER = "parties.open_department", "parties.administer"
# Who may head a department that answers reviews and receives notices.
HEADS = (Role.DEPARTMENT, Role.FINANCE, Role.WAREHOUSE, Role.DIRECTOR)


def may_head() -> QuerySet[User]:
    """可以当第一负责人的人：在职、岗位合适、还没有别的部门由他负责（第十九条）。"""
    rows: QuerySet[User] = User.objects.filter(is_active=True, role__in=HEADS, headed_departments=None)
    return rows.select_related("department").order_by("department__name", "name", "pk")


@transaction.atomic
def create_department(*, code: str, name: str, function: str, actor: User, head: User | None = None) -> Department:
    """新部门：代码、名称各不相同，职能定了它能做什么（第十七条）；第一负责人由管理员指定。"""
    if not actor.may(OPEN):
        raise PermissionDenied(_("部门由主任、总监或管理员来建"))
    name = name.strip()
    errors = {} if name else {"name": _("请填部门名称")}
    if function not in Function.values:
        errors["function"] = _("请选部门的职能")
    if Department.objects.filter(code=code).exists():
        errors["code"] = _("部门代码 %(code)s 已经有了") % {"code": code}
    if name and Department.objects.filter(name=name).exists():
        errors["name"] = _("已经有一个部门叫「%(name)s」") % {"name": name}
    if errors:
        raise ValidationError(errors)
    try:
        with transaction.atomic():
            department = Department.objects.create(code=code, name=name, function=function)
    except IntegrityError as error:  # somebody opened it at this very moment
        raise ValidationError({"code": _("部门代码 %(code)s 刚有人建了，请再看一遍") % {"code": code}}) from error
    return appoint_head(department, head, actor=actor) if head else department


@transaction.atomic
def appoint_head(department: Department, head: User, *, actor: User) -> Department:
    """定部门的第一负责人：从此由他签评审；人在别的部门的，调过来（第十九条）。"""
    if not actor.may(ADMINISTER):
        raise PermissionDenied(_("部门的第一负责人由管理员指定"))
    if not may_head().filter(pk=head.pk).exists():
        raise ValidationError({"head": _("%(name)s不能当第一负责人：岗位不对，或已经负责别的部门") % {"name": head}})
    person = User.objects.select_for_update().get(pk=head.pk)
    department = Department.objects.select_for_update().get(pk=department.pk)
    if person.department_id != department.pk:
        person.department = department
        person.save(update_fields=["department"])
    department.head = person
    department.save(update_fields=["head"])
    return department
