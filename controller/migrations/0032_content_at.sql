-- When an imported post came to say what it says: an edit at its source is news, too, for whoever takes down what came since.
alter table posts add column content_at bigint not null default 0;
update posts set content_at = imported_at;
