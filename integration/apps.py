from workflow.chapters import ChapterConfig


class IntegrationConfig(ChapterConfig):
    """与企业资源计划（ERP）的接口：令牌、幂等键。"""

    name = "integration"
    verbose_name = "接口"
