-- What browsers show of what screens do: by the plain address of a stage, and by secret addresses of programmes.

create table infoscreens (
    stage_id text primary key references stages (id) on delete cascade,
    shows    text not null -- nothing, posts, programme; where there is no row: posts
);

create table infoscreen_addresses (
    programme_id text primary key references programmes (id) on delete cascade,
    token_hash   bytea not null unique,
    sealed       bytea not null, -- the token itself, so that its owner can copy it again
    made_at      bigint not null
);
