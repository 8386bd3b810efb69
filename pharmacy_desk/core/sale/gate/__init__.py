"""The gate of a payment: what is known (`facts`), one file a rule, and all of them (`rules`)."""
