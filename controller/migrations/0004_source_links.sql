-- Whether the pages of a source's posts are looked at, and when next.

alter table sources add column checks_links boolean not null default false;
alter table sources add column links_due_at bigint not null default 0;
