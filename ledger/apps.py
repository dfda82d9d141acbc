from workflow.chapters import ChapterConfig


class LedgerConfig(ChapterConfig):
    """第六章 发出商品台账与收款。"""

    name = "ledger"
    verbose_name = "台账与收款"
