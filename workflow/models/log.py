"""留痕：每一步谁、何时、凭哪一条（B8），按业务单串成指纹链（I46）。"""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow import clock
from workflow.history import APPEND_ONLY_TRIGGERS, AppendOnly

CHAIN_SQL = """
SELECT chain_seq, hash INTO last_in_chain FROM workflow_transitionlog
 WHERE chain = NEW.chain ORDER BY chain_seq DESC LIMIT 1;
NEW.chain_seq := COALESCE(last_in_chain.chain_seq, 0) + 1;
NEW.prev_hash := COALESCE(last_in_chain.hash, '');
SELECT version, target INTO last_of_subject FROM workflow_transitionlog
 WHERE subject_type = NEW.subject_type AND subject_id = NEW.subject_id ORDER BY version DESC LIMIT 1;
IF NEW.version <> COALESCE(last_of_subject.version, 0) + 1 OR NEW.source <> COALESCE(last_of_subject.target, '') THEN
    RAISE EXCEPTION 'gendan: log of % % is not continuous', NEW.subject_type, NEW.subject_id;
END IF;
NEW.xid := pg_current_xact_id()::text::bigint;
NEW.hash := encode(sha256(convert_to(array_to_string(ARRAY[
    NEW.prev_hash, NEW.chain, NEW.chain_seq::text, NEW.subject_type, NEW.subject_id::text, NEW.version::text,
    NEW.move, NEW.source, NEW.target, NEW.actor_id::text, NEW.actor_name, NEW.reason, NEW.article, NEW.rule,
    (extract(epoch FROM NEW.at) * 1000000)::bigint::text, NEW.data_text], '|'), 'UTF8')), 'hex');
RETURN NEW;
"""


class TransitionLog(AppendOnly):
    """一步：从哪个状态到哪个状态，谁做的，什么理由，按哪一条；只加不改（B8）。"""

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    version = models.PositiveIntegerField(_("第几步"))
    move = models.CharField(max_length=40)
    label = models.CharField(_("动作"), max_length=40)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    actor_name = models.CharField(_("谁"), max_length=80)
    reason = models.TextField(_("理由"), blank=True)
    article = models.CharField(max_length=40)
    rule = models.CharField(max_length=10)
    data_text = models.TextField(blank=True)
    at = models.DateTimeField(_("何时"), default=clock.now)
    recorded_at = models.DateTimeField(auto_now_add=True)
    xid = models.BigIntegerField(default=0)
    chain = models.CharField(max_length=80)
    chain_seq = models.PositiveIntegerField(default=0)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("留痕")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "version"], name="log_versions_have_no_twin"),
            models.UniqueConstraint(fields=["chain", "chain_seq"], name="log_chain_never_forks"),
        ]
        triggers: ClassVar = [
            *APPEND_ONLY_TRIGGERS,
            pgtrigger.Trigger(
                name="chain",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last_in_chain", "RECORD"), ("last_of_subject", "RECORD")],
                func=CHAIN_SQL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.label}"
