-- Moderation: why a post is not shown, rules of a stage, and its emergency stop.

-- Why a post is shown or not. `shown` alone says whether it is.
alter table posts add column standing text not null default '';  -- waiting, ruled, hidden, published; empty where nobody decided
alter table posts add column reasons text not null default '[]'; -- JSON list: why it was kept back by itself
alter table posts add column stopped text not null default '';   -- taken, came: what the emergency stop did to it; empty for nothing
alter table posts add column opens_at bigint;                    -- not shown before then, whatever its date; null for no such time
alter table posts add column featured_until bigint;              -- stands out until then; null for not
create index posts_by_opening on posts (opens_at);
create index posts_by_featuring on posts (featured_until);

-- Whatever is hidden and was never touched since it came was waiting for somebody.
update posts
   set standing = case when source_id is not null and changed_at = imported_at then 'waiting' else 'hidden' end
 where not shown and not draft;
update posts set reasons = '[{"kind":"queue"}]' where standing = 'waiting';

-- What the rules of a stage say, all of it.
create table moderation (
    stage_id       text primary key references stages (id) on delete cascade,
    rules          text not null,   -- JSON: words, accounts, domains, limit
    number         bigint not null, -- counts up with every edit
    applying       boolean not null default false, -- to posts that are shown already
    applied_below  text not null default '~', -- ids from this one on are done
    applying_until bigint not null default 0 -- a controller does that until then
);

-- Stages whose emergency stop is pulled.
create table stops (
    stage_id    text primary key references stages (id) on delete cascade,
    began_at    bigint not null,
    member_id   text references members (id) on delete set null -- who pulled it
);
