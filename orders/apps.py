from workflow.chapters import ChapterConfig


class OrdersConfig(ChapterConfig):
    """第二章 接单：业务种类、产品、业务单、依据与请示。"""

    name = "orders"
    verbose_name = "跟单"
