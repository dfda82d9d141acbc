"""Who and what the demo company is: departments, people, business kinds, customers, products (all names invented)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.contrib.auth.hashers import make_password

from config.first_run.defaults import make_departments, make_kinds
from orders.models import BusinessKind, Product
from parties.models import Authorisation, Company, Contact, Customer, Department, Team, User
from parties.models.customer import PaymentTerms
from parties.roles import Role
from workflow import clock

# Who heads which department.
HEADS = {
    "engineering": "engineering",
    "material_control": "material",
    "printing_manufacturing": "printing_mfg",
    "printing_quality": "printing_qc",
    "paper_manufacturing": "paper_mfg",
    "paper_quality": "paper_qc",
    "marketing": "director",
    "planning": "planning",
    "purchasing": "purchasing",
    "hr": "hr",
    "finance": "finance",
    "warehouse": "warehouse",
}

PEOPLE = (
    ("xiaoli", "李晓雯", Role.COORDINATOR, "marketing"),
    ("xiaochen", "陈思远", Role.COORDINATOR, "marketing"),
    ("laowang", "王建国", Role.SUPERVISOR, "marketing"),
    ("director", "周敏", Role.DIRECTOR, "marketing"),
    ("gm", "何志明", Role.GM, None),
    ("evp", "沈国栋", Role.GM, None),
    ("gm_delegate", "林若琳", Role.OFFICE, None),
    ("engineering", "谭志强", Role.DEPARTMENT, "engineering"),
    ("engineering2", "方晓", Role.DEPARTMENT, "engineering"),
    ("material", "黄丽珍", Role.DEPARTMENT, "material_control"),
    ("printing_mfg", "赵铁生", Role.DEPARTMENT, "printing_manufacturing"),
    ("printing_qc", "吴燕", Role.DEPARTMENT, "printing_quality"),
    ("paper_mfg", "郑卫东", Role.DEPARTMENT, "paper_manufacturing"),
    ("paper_qc", "钱雅芬", Role.DEPARTMENT, "paper_quality"),
    ("planning", "孔令辉", Role.DEPARTMENT, "planning"),
    ("purchasing", "邓海燕", Role.DEPARTMENT, "purchasing"),
    ("hr", "罗佳", Role.DEPARTMENT, "hr"),
    ("sales", "赵凯", Role.SALES, "marketing"),
    ("finance", "孙慧", Role.FINANCE, "finance"),
    ("warehouse", "马大勇", Role.WAREHOUSE, "warehouse"),
    ("erp", "企业资源计划", Role.MACHINE, None),
    ("admin", "管理员", Role.ADMIN, None),
)

CUSTOMERS = (
    ("C001", "瑞禾茶业有限公司", "瑞禾茶业", None, PaymentTerms.MONTHLY_30, "茶城区云岭路 18 号", "刘婷"),
    ("C002", "朗芯电子股份有限公司", "朗芯电子", 300000, PaymentTerms.MONTHLY_30, "高新区信元三路 6 号", "彭涛"),
    ("C003", "优贝童品有限公司", "优贝童品", 150000, PaymentTerms.DEPOSIT_30, "滨江区童乐街 27 号", "徐静"),
    ("C004", "安途文具有限公司", "安途文具", None, PaymentTerms.PREPAID, "北仑区港联路 9 号", "韩梅"),
    ("C005", "北岭酒业有限公司", "北岭酒业", 500000, PaymentTerms.COD, "北岭镇酿酒大道 1 号", "石磊"),
)

PRODUCTS = (
    ("P001", "产品画册", "210×285 mm，32P，骑马订", "本", "printing", "12.50"),
    ("P002", "宣传海报", "A4，250 g 铜版纸，正四色", "张", "printing", "3.20"),
    ("P003", "周历", "210×145 mm，56 页，双线圈装", "本", "printing", "11.20"),
    ("P004", "产品说明书", "105×148 mm，16P，骑马订", "册", "printing", "1.35"),
    ("P005", "不干胶标签", "60×40 mm，铜版不干胶，卷装", "张", "printing", "0.12"),
    ("P006", "岩茶礼盒", "320×220×85 mm，天地盖，裱 2 mm 灰板", "个", "paper", "16.80"),
    ("P007", "手提袋", "280×100×350 mm，250 g 白卡", "个", "paper", "2.95"),
    ("P008", "瓦楞外箱", "670×455×365 mm，五层 BC 楞", "个", "paper", "8.60"),
    ("P009", "绘本", "250×250 mm，40P，锁线胶装", "本", "printing", "9.80"),
    ("P010", "酒标", "90×120 mm，特种纸烫金", "张", "printing", "0.46"),
)


def make_company(password: str | None = None) -> dict[str, User]:
    """Write the company's master data; people by username. Without a password nobody can log in by password."""
    Company.objects.create(
        name="恒彩印刷纸品有限公司",
        english_name="HENGCAI PRINTING & PAPER PRODUCTS CO., LTD.",
        short_name="恒彩印务",
        address="江澜市印刷产业园 8 号",
        phone="0571-5550 1200",
    )
    departments = make_departments()
    team = Team.objects.create(name="跟单一组")
    people = {
        username: _person(username, name, role, departments[code] if code else None, password)
        for username, name, role, code in PEOPLE
    }
    for username in ("xiaoli", "xiaochen", "laowang"):
        people[username].team = team
        people[username].save(update_fields=["team"])
    team.supervisor = people["laowang"]
    team.save()
    for code, head in HEADS.items():
        departments[code].head = people[head]
        departments[code].save()
    _authorise(people, departments)
    make_kinds()
    _customers(people["sales"])
    _products()
    return people


def _person(username: str, name: str, role: str, department: Department | None, password: str | None) -> User:
    return User.objects.create(
        username=username,
        name=name,
        role=role,
        department=department,
        password=make_password(password),
        is_staff=role == Role.ADMIN,
        is_superuser=role == Role.ADMIN,
    )


def _authorise(people: dict[str, User], departments: dict[str, Department]) -> None:
    """总经办林若琳可代签业务通知单，方晓可代技术中心签评审，为期一年。"""
    today = clock.today()
    period = {"valid_from": today - dt.timedelta(days=120), "valid_to": today + dt.timedelta(days=365)}
    scope = Authorisation.Scope
    Authorisation.objects.create(
        number="SQ26-001", scope=scope.SIGN_NOTICE, grantor=people["gm"], delegate=people["gm_delegate"], **period
    )
    Authorisation.objects.create(
        number="SQ26-002", scope=scope.SIGN_REVIEW, grantor=people["engineering"], delegate=people["engineering2"],
        department=departments["engineering"], **period,
    )  # fmt: skip


def _customers(salesperson: User) -> None:
    for code, name, short, limit, terms, address, contact in CUSTOMERS:
        customer = Customer.objects.create(
            code=code,
            name=name,
            short_name=short,
            credit_limit=limit,
            payment_terms=terms,
            address=address,
            salesperson=salesperson,
        )
        Contact.objects.create(customer=customer, name=contact, title="采购", phone="0571-5550 0000")


def _products() -> None:
    kinds = {kind.code: kind for kind in BusinessKind.objects.all()}
    for code, name, specification, unit, kind, price in PRODUCTS:
        Product.objects.create(
            code=code, name=name, specification=specification, unit=unit, kind=kinds[kind], default_price=Decimal(price)
        )
