"""The queue in its order by index; message ids by the seconds in which they were given out."""

SQL = """
CREATE TABLE message_ids(
    second TEXT PRIMARY KEY,
    first INTEGER NOT NULL,
    used INTEGER NOT NULL
) WITHOUT ROWID;
INSERT OR IGNORE INTO message_ids(second, first, used)
    SELECT DISTINCT substr(msgid, 13, 16), 0, 100 FROM messages WHERE length(msgid) = 30;
INSERT OR IGNORE INTO message_ids(second, first, used)
    SELECT substr(value, 13, 16), 0, 100 FROM home
    WHERE name = 'last_msgid' AND length(value) = 30;
DELETE FROM home WHERE name = 'last_msgid';
CREATE INDEX outbox_next ON outbox(state, created_at, document, line, waiting)
    WHERE state <> 'accepted';
CREATE INDEX outbox_back ON outbox(key)
    WHERE state <> 'accepted' AND json_extract(words, '$.original_key') IS NOT NULL;
"""
