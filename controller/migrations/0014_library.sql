-- The library: what members sent, and what they say about it. As long as its row is there, nothing of it is tidied away.
create table library (
    id             text primary key,
    account_id     text not null references accounts (id) on delete cascade,
    kind           text not null,   -- picture, film, document
    sha256         text not null,   -- of the bytes that were sent
    name           text not null,   -- what it is called; at first the name of the file
    alt            text not null,   -- what is to be seen, in words; empty where nobody said
    credit         text not null,   -- who made it; may be empty
    licence        text not null,   -- stable name of a licence, own; empty where nobody said
    licence_words  text not null,   -- own words
    focus_x        bigint not null, -- what must stay in sight, in percent from the left edge
    focus_y        bigint not null, -- and from the upper edge
    folded         text not null,   -- its words in small letters, to search in
    length         bigint not null, -- in bytes, as it was sent
    created_at     bigint not null,
    unique (account_id, sha256)
);
create index library_by_age on library (account_id, created_at);

-- The media of an entry: one picture, one film, or the pages of a document in their order.
create table library_media (
    library_id  text not null references library (id) on delete cascade,
    position    bigint not null,
    media_id    text not null references media (id) on delete cascade,
    primary key (library_id, position)
);
create index library_media_by_media on library_media (media_id);

-- What programmes show was sent by members, too.
insert into library (id, account_id, kind, sha256, name, alt, credit, licence, licence_words, focus_x, focus_y, folded,
                     length, created_at)
     select media.id, media.account_id,
            case when exists (select 1 from films where films.media_id = media.id) then 'film' else 'picture' end,
            media.sha256, '', '', '', '', '', 50, 50, '', 0, media.created_at
       from media
      where exists (select 1 from programme_media where programme_media.media_id = media.id);
insert into library_media (library_id, position, media_id) select id, 0, id from library;

-- How much an account may keep, where its operator decided other than usual.
create table media_quotas (
    account_id  text primary key references accounts (id) on delete cascade,
    bytes       bigint not null
);

-- Files that are being sent, in as many pieces as it takes; what is here of each lies in the folder of uploads.
create table arrivals (
    id          text primary key,
    account_id  text not null references accounts (id) on delete cascade,
    name        text not null,   -- name of the file
    mark        text not null,   -- tells the same file when it is chosen again: hash of name, length and age
    length      bigint not null, -- in bytes
    library_id  text references library (id) on delete cascade, -- what became of it once all of it was here
    created_at  bigint not null,
    expires_at  bigint not null, -- what is not here then goes
    unique (account_id, mark)
);
create index arrivals_by_expiry on arrivals (expires_at);
create index arrivals_by_library on arrivals (library_id);

-- Smaller files of pictures for browsers (AVIF, WebP): a controller makes them until then; -1 where that is done.
alter table media add column encoding_until bigint not null default 0;
create index media_by_encoding on media (encoding_until);
