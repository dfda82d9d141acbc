from workflow.chapters import ChapterConfig


class SamplesConfig(ChapterConfig):
    """第二章第十条 样品：借出、留存、寄出、收回都在一本登记簿上。"""

    name = "samples"
    verbose_name = "样品"
