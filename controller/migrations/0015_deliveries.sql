-- Deliveries that each cost themselves only, and what networks tell of people who signed in there.

-- Which post a delivery is about, as SHA-256 of its id; empty for those that came before this step. Of several about one
-- post the last one counts, whichever is taken first.
alter table deliveries add column subject text not null default '';
-- How often it could not be stored: those that fail wait behind all others.
alter table deliveries add column failures bigint not null default 0;

-- Who signed in at the network and when, so that it can tell us of them: a keyed hash of their id; empty where it does
-- not say who that is.
alter table source_tokens add column grantor text not null default '';
alter table source_tokens add column granted_at bigint not null default 0;
create index source_tokens_by_grantor on source_tokens (grantor);

-- What was deleted because somebody asked their network for it. Says nothing of who that was.
create table erasures (
    code        text primary key, -- SHA-256 of the code that the network was given
    network     text not null,
    asked_at    bigint not null,
    sources     bigint not null   -- how many went
);
create index erasures_by_age on erasures (asked_at);
