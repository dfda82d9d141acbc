from importlib import import_module

from workflow.chapters import ChapterConfig


class OrdersConfig(ChapterConfig):
    """第二章 接单：业务种类、产品、询盘与报价、业务单、合同、依据与请示。"""

    name = "orders"
    verbose_name = "跟单"

    def ready(self) -> None:
        super().ready()
        import_module("orders.offer_reminders")
