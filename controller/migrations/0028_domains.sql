-- Domains of their own under which newsrooms are found. Several stages may name one; it belongs to the one that is proven.

create table domains (
    stage_id     text primary key references stages (id) on delete cascade,
    host         text not null,    -- in ASCII, small letters
    proof        text not null,    -- what the TXT record is to say; no secret
    state        text not null,    -- waiting, proven, lost
    added_at     bigint not null,
    proven_at    bigint not null,  -- since when; 0 for not
    failed_since bigint not null,  -- since when the record of a proven one is missing; 0 for not
    checked_at   bigint not null,  -- 0 for never
    due_at       bigint not null,  -- when it is looked up again
    trouble      text not null,    -- missing, other, unanswered, taken; empty for nothing
    found        text not null,    -- what stood there instead
    resolves     boolean not null  -- whether the name leads to an address
);
create unique index domains_proven on domains (host) where state = 'proven';
create index domains_by_due on domains (due_at);
