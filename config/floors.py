"""The apps of the house from the ground up: the one list that settings, addresses, API and checks read (DESIGN §4)."""

FLOORS = (
    "parties",
    "workflow",
    "papers",
    "orders",
    "samples",
    "reviews",
    "production",
    "outsourcing",
    "shipping",
    "ledger",
    "complaints",
    "reports",
    "integration",
)
