-- Posts that people had hidden and that went since: where their source brings them again they are hidden still. Of each its
-- number at its network and no more.
create table hidden_posts (
    source_id   text not null references sources (id) on delete cascade,
    remote_id   text not null,
    gone_at     bigint not null,
    primary key (source_id, remote_id)
);
create index hidden_posts_by_age on hidden_posts (gone_at);
