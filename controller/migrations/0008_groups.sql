-- A screen belongs to at most one group, by its name; empty for none. A group is there as long as a screen is in it.
alter table screens add column group_name text not null default '';
