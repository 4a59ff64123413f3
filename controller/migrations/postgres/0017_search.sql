-- What posts are found by: their words, folded and stemmed by the program (so that both databases find the same).
create table post_words (
    post_id     text primary key references posts (id) on delete cascade,
    words       tsvector not null, -- tokens as they stand, in their order
    made_of     text not null      -- the rules that made them, and the content of the post
);
create index post_words_by_word on post_words using gin (words);

-- What people do on the desk, for a day: to take it back, and so that colleagues see who did it.
create table desk_acts (
    id          text primary key,
    account_id  text not null references accounts (id) on delete cascade,
    member_id   text not null references members (id) on delete cascade,
    what        text not null,          -- show, hide, pin, unpin, topics
    created_at  bigint not null,
    undone_at   bigint not null default 0
);
create index desk_acts_by_member on desk_acts (member_id, created_at);
create index desk_acts_by_age on desk_acts (created_at);
create index desk_acts_by_account on desk_acts (account_id);

-- The posts it was done with, as they were before.
create table desk_act_posts (
    act_id         text not null references desk_acts (id) on delete cascade,
    post_id        text not null references posts (id) on delete cascade,
    outcome        text not null,   -- done, same (there was nothing to do), refused (it was changed meanwhile), undone
    shown          boolean not null,
    draft          boolean not null,
    published_at   bigint not null,
    expires_at     bigint,
    standing       text not null,
    stopped        text not null,
    pinned_at      bigint not null,
    changed_at     bigint not null, -- before
    left_at        bigint not null, -- its changed_at afterwards
    left_pin       bigint not null, -- and its pinned_at
    primary key (act_id, post_id)
);
create index desk_act_posts_by_post on desk_act_posts (post_id);

-- What people had said of a post and a topic before.
create table desk_act_topics (
    act_id      text not null references desk_acts (id) on delete cascade,
    post_id     text not null references posts (id) on delete cascade,
    topic_id    text not null references topics (id) on delete cascade,
    before      text not null, -- in, out; empty for nothing
    after       text not null,
    primary key (act_id, post_id, topic_id)
);
create index desk_act_topics_by_post on desk_act_topics (post_id);
create index desk_act_topics_by_topic on desk_act_topics (topic_id);

-- Posts in the order of the desk, with all that tells where they stand; of one source; and those with a film.
create index posts_by_time on posts (stage_id, published_at, id, shown, draft, expires_at);
create index posts_with_film on posts (stage_id, published_at, id) where facts like '%"media":[%"film"%';
create index posts_by_source_time on posts (source_id, published_at, id);
