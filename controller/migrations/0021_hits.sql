-- How often what was looked at, by day; nothing of who looked.

create table stage_hits (
    stage_id text not null references stages (id) on delete cascade,
    place    text not null,   -- which public page: newsroom, topic, post
    day      bigint not null, -- days since 1970-01-01, by the stage's clock
    seen     bigint not null,
    primary key (stage_id, place, day)
);

create table post_hits (
    post_id  text not null references posts (id) on delete cascade,
    day      bigint not null,
    seen     bigint not null,
    primary key (post_id, day)
);
