-- What several sources have of one item is one card: one of its posts stands for all.

alter table posts add column card_id text; -- posts of one card share it; null: stands for itself alone
alter table posts add column card_rank bigint not null default 0; -- of those that are visible the highest stands; 0: for itself only
alter table posts add column card_by_hand boolean not null default false; -- somebody put it there: no edit takes it out
alter table posts add column measured_by bigint not null default 0; -- number of the measure that looked at it; 0 for none
create index posts_by_card on posts (card_id);
create index posts_by_measure on posts (stage_id, measured_by);
alter table stages add column merging_until bigint not null default 0; -- a controller looks for copies in the stage until then

-- Marks of what posts say, by which copies are found without reading all posts: hashes of runs of words, and of links.
create table post_marks (
    mark         bigint not null,
    published_at bigint not null,
    post_id      text not null references posts (id) on delete cascade,
    primary key (mark, published_at, post_id)
);
create index post_marks_by_post on post_marks (post_id);

-- Pairs that somebody parted: they are never one card again by themselves. The smaller id comes first.
create table parted_posts (
    one_id      text not null references posts (id) on delete cascade,
    other_id    text not null references posts (id) on delete cascade,
    primary key (one_id, other_id)
);
create index parted_posts_by_other on parted_posts (other_id);
