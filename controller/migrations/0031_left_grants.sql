-- Whose permission a source had before it was taken back: a keyed hash, as with the tokens that went.
create table left_grants (
    source_id   text primary key references sources (id) on delete cascade,
    grantor     text not null,
    granted_at  bigint not null
);
create index left_grants_by_grantor on left_grants (grantor);
