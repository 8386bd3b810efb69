"""The trade's tables as values: deliveries, opening stock, pack relations, lists of codes.

Pure readers and writers of the layouts in the contracts, section 6: table rows in, frozen values
and bad rows out. Opening the file is the door's work (`adapters/files`).
"""
