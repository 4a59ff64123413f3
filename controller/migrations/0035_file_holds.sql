-- Files are named by what is in them, so one that goes because nobody needs it any more may be the one that somebody else
-- is just storing, perhaps on another controller. Both say so first, and look what the other says.

-- Files for which rows are being made: they do not go.
create table file_holds (
  sha256 text not null,
  holder text not null,
  until  bigint not null, -- whoever has not come back by then never will
  primary key (sha256, holder)
);
create index file_holds_by_holder on file_holds (holder);

-- Files that are going: they are stored after that.
create table file_departures (
  sha256 text primary key,
  until  bigint not null
);
