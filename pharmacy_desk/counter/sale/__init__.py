"""The clerk at the checkout: scan, sale, payment."""
