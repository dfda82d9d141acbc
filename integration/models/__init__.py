"""接口的表：令牌与幂等键。"""

from integration.models.idempotency import IdempotencyKey
from integration.models.token import ApiToken

__all__ = ["ApiToken", "IdempotencyKey"]
