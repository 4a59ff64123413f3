-- Networks that one signs in to.

create table source_tokens (
    source_id     text primary key references sources (id) on delete cascade,
    sealed        bytea not null,  -- JSON, sealed with the master key
    previous      bytea,           -- the ones before; kept until the newer ones have been used
    version       bigint not null, -- grows with every renewal
    renew_at      bigint not null, -- renewed ahead of time; the end of time for never
    claimed_until bigint not null, -- a controller renews them until then
    failures      bigint not null  -- renewals that failed, in a row
);
create index source_tokens_by_renewal on source_tokens (renew_at);

create table sign_ins (
    id          text primary key, -- SHA-256 of the state that travels through the browser
    session_id  text not null references sessions (id) on delete cascade,
    stage_id    text not null references stages (id) on delete cascade,
    network     text not null,
    source_id   text not null,    -- the source to reconnect; empty for a new one
    held        boolean not null, -- new posts wait for somebody to show them
    sealed      bytea not null,   -- PKCE verifier, later what was found; sealed with the master key
    expires_at  bigint not null
);
create index sign_ins_by_end on sign_ins (expires_at);
