"""连续编号的计数行。"""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

COUNTS_UP_BY_ONE = pgtrigger.Trigger(
    name="counts_up_by_one",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    IF NEW.last <> OLD.last + 1 OR NEW.series <> OLD.series OR NEW.year <> OLD.year THEN
        RAISE EXCEPTION 'gendan: the counter % % goes up by one, nothing else', OLD.series, OLD.year;
    END IF;
    RETURN NEW;
    """,
)


class Series(models.Model):
    """一个系列一年的计数：只由 `papers.numbering` 在业务事务里加一，退回即退号（第二十条）。"""

    series = models.CharField(_("系列"), max_length=4)
    year = models.PositiveSmallIntegerField(_("年度"))
    last = models.PositiveIntegerField(_("已用到"))

    class Meta:
        verbose_name = verbose_name_plural = _("编号")
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "year"], name="one_counter_per_series_year")]
        triggers: ClassVar = [COUNTS_UP_BY_ONE, pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.series}{self.year % 100:02d}-{self.last:06d}"
