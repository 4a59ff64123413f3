-- What slides want to know (events, weather, pictures of web pages), and what was found out.
create table answers (
    id            text primary key,
    account_id    text not null references accounts (id) on delete cascade,
    stage_id      text not null references stages (id) on delete cascade,
    kind          text not null,   -- who finds it out: events, weather, page
    want          text not null,   -- JSON: what is wanted
    answer        text not null,   -- JSON: the last good answer; empty before the first
    media_id      text references media (id) on delete set null, -- the picture in it
    memory        text not null,   -- JSON, of whoever finds it out: validators
    problem       text not null,   -- translation key of what is wrong; empty if nothing is
    detail        text not null,   -- JSON: what stands in that sentence
    failures      bigint not null, -- in a row
    asked_at      bigint not null, -- last attempt; 0 for never
    answered_at   bigint not null, -- last good answer; 0 for never
    next_at       bigint not null, -- next attempt
    claimed_until bigint not null, -- a controller works on it until then
    created_at    bigint not null,
    unique (stage_id, want)
);
create index answers_by_account on answers (account_id);
create index answers_by_next on answers (kind, next_at);
create index answers_by_media on answers (media_id);

-- What services said that many ask for the same: places and their weather. Belongs to nobody.
create table lookups (
    name      text primary key, -- place:bonn, forecast:50.7343,7.0955
    value     text not null,    -- JSON
    asked_at  bigint not null,
    used_at   bigint not null   -- what nobody has used for a month goes
);
