from workflow.chapters import ChapterConfig


class PapersConfig(ChapterConfig):
    """归档：附件、连续编号、签发的单据与核验页。"""

    name = "papers"
    verbose_name = "单据"
