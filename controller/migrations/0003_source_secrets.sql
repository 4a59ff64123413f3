-- Sources behind a log-in.

alter table sources add column credential bytea; -- token or password, sealed with the master key; null for none
