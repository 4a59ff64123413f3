-- What programs elsewhere were told of posts, and whom we tell of our own accord. Nothing here says what a post says.

-- Stages whose changes somebody asks for.
create table journals (
    stage_id    text primary key references stages (id) on delete cascade,
    number      bigint not null, -- of the newest entry
    forgotten   bigint not null  -- of the newest withdrawal that is not remembered any more
);

-- Each post that may be given on, once, with its last change.
create table journal_entries (
    post_id     text primary key, -- need not exist any more
    stage_id    text not null references journals (stage_id) on delete cascade,
    number      bigint not null,  -- rises with every change in the stage
    mark        text not null,    -- another mark is another post; empty when it was withdrawn
    what        text not null,    -- published, changed, withdrawn
    noted_at    bigint not null
);
create index journal_entries_by_number on journal_entries (stage_id, number);

-- Addresses of others that are told.
create table webhooks (
    id          text primary key,
    stage_id    text not null references stages (id) on delete cascade,
    name        text not null,
    address     text not null,
    events      text not null,   -- published, changed, withdrawn: words between spaces
    sealed      bytea not null,  -- the secret, sealed with the master key
    since       bigint not null, -- entries up to this number are not told
    created_at  bigint not null,
    paused_at   bigint not null, -- 0 for not
    pause       text not null    -- why: failing, gone; empty while it is not paused
);
create index webhooks_by_stage on webhooks (stage_id);

-- What they are told, and what became of it. The words are read from the post when it is sent.
create table webhook_deliveries (
    id            text primary key, -- the same however often it is sent
    webhook_id    text not null references webhooks (id) on delete cascade,
    post_id       text not null,
    number        bigint not null,  -- of the entry it is about
    what          text not null,    -- published, changed, withdrawn
    state         text not null,    -- waiting, done, dropped
    failures      bigint not null,
    due_at        bigint not null,
    claimed_until bigint not null,  -- a controller sends it until then
    answer        bigint not null,  -- status code of the last answer; 0 for none
    trouble       text not null,    -- translation key of why there was none; empty for nothing
    made_at       bigint not null,
    tried_at      bigint not null   -- 0 for never
);
create index webhook_deliveries_by_due on webhook_deliveries (state, due_at);
create index webhook_deliveries_by_webhook on webhook_deliveries (webhook_id, post_id, number);
