from workflow.chapters import ChapterConfig


class ProductionConfig(ChapterConfig):
    """第二章 生产跟进：节点、巡查、检验放行。"""

    name = "production"
    verbose_name = "生产跟进"
