-- Every edit of a programme is a row, so that each can be undone, found again and published later.
create table revisions (
    programme_id text not null references programmes (id) on delete cascade,
    number       bigint not null, -- counts up
    parent       bigint not null, -- the one it was made from; 0 for none
    draft        text not null,   -- JSON: what the owner built
    member_id    text references members (id) on delete set null, -- who made it
    made_at      bigint not null,
    publish_at   bigint,          -- from when on screens show it; null for never
    primary key (programme_id, number)
);
create index revisions_by_publishing on revisions (publish_at);

-- Pictures that a revision uses.
create table programme_media (
    programme_id text not null,
    number       bigint not null,
    media_id     text not null references media (id) on delete cascade,
    primary key (programme_id, number, media_id),
    foreign key (programme_id, number) references revisions (programme_id, number) on delete cascade
);
create index programme_media_by_media on programme_media (media_id);

-- What interrupts all programmes of a stage.
create table alerts (
    id           text primary key,
    stage_id     text not null references stages (id) on delete cascade,
    from_at      bigint not null,
    until_at     bigint,          -- when it ends by itself; null for never
    shape        text not null,   -- full, band
    tags         text not null,   -- JSON list: screens with any of these show it; empty for all
    content      text not null,   -- JSON: the announcement
    created_at   bigint not null,
    ended_at     bigint           -- when somebody ended it
);
create index alerts_by_stage on alerts (stage_id, ended_at);

alter table programmes drop column settings;
alter table programmes add column revision bigint not null default 0; -- the one that is edited
alter table screens add column tags text not null default '[]'; -- JSON list of words
create index screens_by_programme on screens (programme_id);
