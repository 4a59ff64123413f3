-- Stages that chose to be found in the directory of the platform; a stage without a row is in none.
create table listings (
    stage_id  text primary key references stages (id) on delete cascade,
    name      text not null,  -- the stage's name without case and marks: the order of the directory
    words     text not null,  -- name, handle and description likewise, in words: what its search reads
    listed_at bigint not null
);
create index listings_by_name on listings (name, stage_id);
