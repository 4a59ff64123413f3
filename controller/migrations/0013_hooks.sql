-- Sources that are fed, or told of, at an address of ours; what all sources of a network may ask together.

-- Addresses of ours, and the secrets that show who sends.
create table hooks (
    source_id   text primary key references sources (id) on delete cascade,
    token       text not null unique, -- last part of the address
    sealed      bytea not null,       -- the secret, sealed with the master key
    made_at     bigint not null,      -- when the secret was made
    rang_at     bigint not null       -- last delivery that was good; 0 for never
);

-- What was sent, as it came, until it is taken. Without its words a row stays for as long as it may be sent again.
create table deliveries (
    source_id   text not null references sources (id) on delete cascade,
    message     text not null,   -- SHA-256 of the name that its sender gave it
    number      bigint not null, -- the order in which they came
    body        text not null,   -- empty once it was taken
    arrived_at  bigint not null,
    primary key (source_id, message)
);
create index deliveries_by_age on deliveries (arrived_at);

-- Hubs that tell of a source's news (WebSub), at the address of the source.
create table subscriptions (
    source_id   text primary key references sources (id) on delete cascade,
    hub         text not null,
    topic       text not null,    -- what the hub calls the source
    asked_until bigint not null,  -- until then the hub may ask whether we meant it; 0 for not
    lease_until bigint not null,  -- until then it tells; 0 for not
    due_at      bigint not null,  -- when it is asked, for the first time or again
    failures    bigint not null,  -- asked in vain, in a row
    trusted     boolean not null, -- it tells in fact: its source is looked at seldom
    strong      boolean not null  -- it signed with something better than SHA-1
);
create index subscriptions_by_due on subscriptions (due_at);

-- What accounts used of what a network grants to this instance as a whole.
create table network_uses (
    network     text not null,
    grant_name  text not null,
    account_id  text not null references accounts (id) on delete cascade,
    ends_at     bigint not null, -- then all is granted anew
    used        bigint not null,
    primary key (network, grant_name, account_id)
);

-- Networks that want to be left alone by this instance as a whole.
create table network_rests (
    network     text primary key,
    rests_until bigint not null
);
