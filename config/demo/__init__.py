"""The demo company: invented people, customers and orders, made by the services like any real ones."""
