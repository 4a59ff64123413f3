-- When a network last said that a post is there: seen in a listing, or looked up.

alter table posts add column checked_at bigint not null default 0;
update posts set checked_at = changed_at;
create index posts_by_check on posts (source_id, checked_at);
