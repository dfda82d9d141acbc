"""The small forms of a change's page: what the customer agreed to. Shapes only."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from workflow.forms import DayField, HouseForm, WordsField


class AgreeForm(HouseForm):
    """客户同意按评审结果改（第二十条）。"""

    customer_answer = WordsField(label=gettext_lazy("客户同意的内容（谁、怎么说的）"), max_length=500, lines=True)
    delivery_date = DayField(label=gettext_lazy("同意的交期"), required=False)
