-- Topics: headings that rules and people put posts under.
create table topics (
    id          text primary key,
    stage_id    text not null references stages (id) on delete cascade,
    name        text not null,
    slug        text not null,   -- its name in addresses
    position    bigint not null, -- place among the topics of its stage
    rule        text not null,   -- JSON
    created_at  bigint not null,
    unique (stage_id, slug)
);

-- Names in addresses that a topic had, or that were those of topics that became part of it.
create table topic_slugs (
    stage_id    text not null references stages (id) on delete cascade,
    slug        text not null,
    topic_id    text not null references topics (id) on delete cascade,
    primary key (stage_id, slug)
);
create index topic_slugs_by_topic on topic_slugs (topic_id);

-- Ids of topics that became part of another one: programmes still say them.
create table merged_topics (
    id          text primary key,
    stage_id    text not null references stages (id) on delete cascade,
    topic_id    text not null references topics (id) on delete cascade
);
create index merged_topics_by_topic on merged_topics (topic_id);

-- Which posts belong to a topic. What rules say and what people said stand side by side, and neither touches the other.
create table post_topics (
    post_id     text not null references posts (id) on delete cascade,
    topic_id    text not null references topics (id) on delete cascade,
    by_rule     boolean not null,
    by_hand     text not null,    -- in, out; empty where nobody said anything
    primary key (post_id, topic_id)
);
create index post_topics_by_topic on post_topics (topic_id);

-- Counts up with every edit of a rule; posts that were sorted by an older one are sorted anew.
alter table stages add column rules_number bigint not null default 0;
alter table stages add column sorting_until bigint not null default 0; -- a controller sorts posts of the stage until then
alter table posts add column sorted_by bigint not null default 0; -- the rules_number it was sorted by; 0 for none
alter table posts add column facts text not null default '{}'; -- JSON: tags and kinds of media, as imported
create index posts_by_sorting on posts (stage_id, sorted_by);
