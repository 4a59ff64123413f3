-- Accounts, stages, sources, posts, media, screens, programmes.
-- Column types: text bigint boolean bytea double precision; times are
-- milliseconds since 1970; ids are text. Runs on SQLite and PostgreSQL.

create table accounts (
    id          text primary key,
    institution text not null,
    phone       text,
    created_at  bigint not null
);

create table members (
    id          text primary key,
    account_id  text not null references accounts (id) on delete cascade,
    first_name  text not null,
    last_name   text not null,
    mail        text not null unique, -- lower case
    password    text not null,        -- argon2id, PHC string
    role        text not null,        -- owner, editor, moderator, viewer
    language    text not null,
    created_at  bigint not null
);
create index members_by_account on members (account_id);

create table sessions (
    id          text primary key,
    member_id   text not null references members (id) on delete cascade,
    token_hash  bytea not null unique, -- SHA-256 of the cookie
    address     text not null,         -- shown to the member only
    user_agent  text not null,         -- shown to the member only
    created_at  bigint not null,
    seen_at     bigint not null,
    expires_at  bigint not null
);
create index sessions_by_member on sessions (member_id);

create table keys (
    account_id  text not null references accounts (id) on delete cascade,
    purpose     text not null, -- programme
    public_key  bytea not null,
    sealed      bytea not null, -- Ed25519 seed, sealed with the master key
    created_at  bigint not null,
    primary key (account_id, purpose)
);

create table media (
    id          text primary key,
    account_id  text not null references accounts (id) on delete cascade,
    sha256      text not null, -- of the bytes that were sent
    width       bigint not null,
    height      bigint not null,
    colour      text not null, -- average, #rrggbb
    created_at  bigint not null,
    unique (account_id, sha256)
);

create table renditions (
    media_id     text not null references media (id) on delete cascade,
    sha256       text not null, -- of the file; its address
    content_type text not null,
    width        bigint not null,
    height       bigint not null,
    length       bigint not null,
    primary key (media_id, sha256)
);
create index renditions_by_file on renditions (sha256);

create table stages (
    id          text primary key,
    account_id  text not null references accounts (id) on delete cascade,
    handle      text not null unique,
    likeness    text not null unique, -- the handle with look-alikes folded
    name        text not null,
    description text not null,
    accent      text not null,        -- #rrggbb
    background  text not null,        -- #rrggbb
    logo_id     text references media (id) on delete set null,
    language    text not null,
    time_zone   text not null,
    created_at  bigint not null,
    changed_at  bigint not null
);
create index stages_by_account on stages (account_id);

create table sources (
    id             text primary key,
    stage_id       text not null references stages (id) on delete cascade,
    network        text not null, -- stable name of the adapter
    address        text not null, -- what the owner typed, normalised
    name           text not null, -- what the feed calls itself
    held           boolean not null, -- new posts wait for somebody to show them
    memory         text not null, -- JSON, the adapter's own: validators, redirects, cadence
    state          text not null, -- new, working, failing, stopped
    problem        text not null, -- translation key of what is wrong; empty if nothing is
    detail         text not null, -- for the owner: the part that no key can say
    failures       bigint not null, -- in a row
    fetched_at     bigint not null, -- last attempt; 0 for never
    succeeded_at   bigint not null, -- last success; 0 for never
    next_at        bigint not null, -- next attempt
    claimed_until  bigint not null, -- a controller works on it until then
    created_at     bigint not null,
    unique (stage_id, network, address)
);
create index sources_by_next on sources (next_at);

create table posts (
    id           text primary key,
    stage_id     text not null references stages (id) on delete cascade,
    source_id    text not null references sources (id) on delete cascade,
    remote_id    text not null,
    slug         text not null,
    title        text,
    text         text not null,
    html         text not null, -- cleaned
    link         text,
    author       text,
    language     text,
    content_hash text not null,
    published_at bigint not null,
    imported_at  bigint not null,
    changed_at   bigint not null,
    shown        boolean not null,
    unique (source_id, remote_id),
    unique (stage_id, slug)
);
create index posts_by_stage on posts (stage_id, published_at);

create table post_media (
    post_id     text not null references posts (id) on delete cascade,
    position    bigint not null,
    media_id    text not null references media (id) on delete cascade,
    alt         text not null,
    primary key (post_id, position)
);
create index post_media_by_media on post_media (media_id);

create table programmes (
    id          text primary key,
    account_id  text not null references accounts (id) on delete cascade,
    stage_id    text not null references stages (id) on delete cascade,
    name        text not null,
    settings    text not null,   -- JSON: what the owner chose
    version     bigint not null, -- only ever rises; 0 before the first
    envelope    text not null,   -- JSON as it goes to the screens; empty before the first
    issued_at   bigint not null,
    created_at  bigint not null
);
create index programmes_by_stage on programmes (stage_id);

create table screens (
    id           text primary key,
    account_id   text not null references accounts (id) on delete cascade,
    programme_id text not null references programmes (id) on delete cascade,
    name         text not null,
    public_key   bytea not null unique,
    rotation     bigint not null, -- degrees clockwise: 0, 90, 180, 270
    report       text not null,   -- JSON, the last one; empty for none
    seen_at      bigint not null, -- last sign of life; 0 for never
    picture_at   bigint not null, -- when the last picture was taken; 0 for never
    paired_at    bigint not null,
    revoked_at   bigint           -- set: the kiosk is told to forget, then the row goes
);
create index screens_by_account on screens (account_id);

create table pairings (
    public_key  bytea primary key,
    code        text not null unique, -- without the hyphen
    width       bigint not null,
    height      bigint not null,
    created_at  bigint not null,
    expires_at  bigint not null
);
