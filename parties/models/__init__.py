"""谁：人员、部门、班组；客户与联系人；授权书与代理（第一章）。"""

from parties.models.authority import AmountLimit, Authorisation, Deputy
from parties.models.customer import Contact, Customer
from parties.models.listing import ListColumns, SavedView
from parties.models.means import Means
from parties.models.proof import AccountEvent, CodeDevice, Passkey, RecoveryCode
from parties.models.staff import Company, Department, SignIn, Team, User

__all__ = [
    "AccountEvent",
    "AmountLimit",
    "Authorisation",
    "CodeDevice",
    "Company",
    "Contact",
    "Customer",
    "Department",
    "Deputy",
    "ListColumns",
    "Means",
    "Passkey",
    "RecoveryCode",
    "SavedView",
    "SignIn",
    "Team",
    "User",
]
