-- Tokens with which programs of members use the API, and what is said of them in the history.

create table api_tokens (
    id          text primary key,
    member_id   text not null references members (id) on delete cascade, -- whose rights it has at most; it ends with them
    name        text not null,         -- what it is for, in their words
    token_hash  bytea not null unique, -- SHA-256 of the token
    hint        text not null,         -- its last letters, to tell it from others
    scopes      text not null,         -- what it may do: words between spaces
    created_at  bigint not null,
    expires_at  bigint,                -- null for never
    used_day    bigint not null        -- days since 1970 of the last use; 0 for none
);
create index api_tokens_by_member on api_tokens (member_id);

alter table happenings add column token_name text not null default ''; -- by which token somebody did it; empty for none
