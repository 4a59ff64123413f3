-- What a newsroom holds beside its posts.
create table newsrooms (
    stage_id    text primary key references stages (id) on delete cascade,
    profiles    text not null, -- JSON: addresses of the institution elsewhere, in their order
    imprint     text not null, -- address of the imprint; empty for none
    privacy     text not null  -- address of the privacy notice; empty for none
);

-- Whom the press may ask.
create table press_contacts (
    stage_id    text not null references stages (id) on delete cascade,
    position    bigint not null,
    name        text not null,
    role        text not null, -- may be empty, like the others
    mail        text not null,
    phone       text not null,
    primary key (stage_id, position)
);

-- What the press may download, out of the library.
create table press_files (
    stage_id    text not null references stages (id) on delete cascade,
    library_id  text not null references library (id) on delete cascade,
    position    bigint not null,
    primary key (stage_id, library_id)
);
create index press_files_by_entry on press_files (library_id);
