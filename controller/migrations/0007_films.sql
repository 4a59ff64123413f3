-- Films: media whose file has to be prepared. What was sent lies in the storage under its SHA-256 (media.sha256)
-- until then; what became of it is a rendition of type video/mp4, beside those of its picture.
create table films (
    media_id      text primary key references media (id) on delete cascade,
    state         text not null,   -- waiting, working, ready, refused
    progress      bigint not null, -- percent
    problem       text not null,   -- translation key of why it was refused; empty if it was not
    second        bigint not null, -- where in the film the problem is
    attempts      bigint not null, -- how often somebody has begun
    queued_at     bigint not null, -- when it was sent
    claimed_until bigint not null, -- a controller works on it until then
    millis        bigint not null  -- how long it runs; 0 until it is ready
);
create index films_by_state on films (state, queued_at);
