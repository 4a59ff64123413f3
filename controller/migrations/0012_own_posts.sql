-- Posts that are written here: they have no source. SQLite cannot make a column optional, so the table is made anew, and
-- with it the tables that hang on it.
create table new_posts (
    id           text primary key,
    stage_id     text not null references stages (id) on delete cascade,
    source_id    text references sources (id) on delete cascade, -- null: written here
    remote_id    text not null,                      -- its id where it came from; its own id when written here
    slug         text not null,
    title        text,
    text         text not null,
    html         text not null,                      -- cleaned
    link         text,
    author       text,
    language     text,
    content_hash text not null,
    published_at bigint not null,                    -- may lie ahead: it is shown from then on
    imported_at  bigint not null,
    changed_at   bigint not null,
    shown        boolean not null,                   -- what people decided; the times say the rest
    checked_at   bigint not null default 0,
    sorted_by    bigint not null default 0,
    facts        text not null default '{}',
    draft        boolean not null default false,     -- nobody has published it yet
    expires_at   bigint,                             -- from then on it is shown no more; null for never
    end_noted    boolean not null default false,     -- what has to be done once after its end is done
    pinned_at    bigint not null default 0,          -- stands before all others; the newest pin first; 0 for no pin
    unique (source_id, remote_id),
    unique (stage_id, slug),
    check (not (draft and shown))
);
insert into new_posts (id, stage_id, source_id, remote_id, slug, title, text, html, link, author, language, content_hash,
                       published_at, imported_at, changed_at, shown, checked_at, sorted_by, facts)
     select id, stage_id, source_id, remote_id, slug, title, text, html, link, author, language, content_hash,
            published_at, imported_at, changed_at, shown, checked_at, sorted_by, facts
       from posts;

create table new_post_media (
    post_id     text not null references new_posts (id) on delete cascade,
    position    bigint not null,
    media_id    text not null references media (id) on delete cascade,
    alt         text not null,
    own_alt     text, -- what somebody here said instead; null for nothing
    primary key (post_id, position)
);
insert into new_post_media (post_id, position, media_id, alt) select post_id, position, media_id, alt from post_media;

create table new_post_topics (
    post_id     text not null references new_posts (id) on delete cascade,
    topic_id    text not null references topics (id) on delete cascade,
    by_rule     boolean not null,
    by_hand     text not null, -- in, out; empty where nobody said anything
    primary key (post_id, topic_id)
);
insert into new_post_topics (post_id, topic_id, by_rule, by_hand)
     select post_id, topic_id, by_rule, by_hand from post_topics;

drop table post_media;
drop table post_topics;
drop table posts;
alter table new_posts rename to posts;
alter table new_post_media rename to post_media;
alter table new_post_topics rename to post_topics;

create index posts_by_stage on posts (stage_id, pinned_at, published_at);
create index posts_by_check on posts (source_id, checked_at);
create index posts_by_sorting on posts (stage_id, sorted_by);
create index posts_by_publication on posts (published_at);
create index posts_by_expiry on posts (expires_at);
create index post_media_by_media on post_media (media_id);
create index post_topics_by_topic on post_topics (topic_id);
