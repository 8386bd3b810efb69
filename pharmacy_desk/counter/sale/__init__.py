"""The counter at the checkout: scan, sale, payment."""
