-- The account of whoever runs this instance: the first one that was made, unless the command line says otherwise.
create table operators (
    position   bigint primary key check (position = 1), -- there is one
    account_id text not null references accounts (id) on delete cascade
);
insert into operators (position, account_id)
     select 1, accounts.id from accounts order by accounts.created_at, accounts.id limit 1;

-- What the operator says on the legal pages of the instance. It belongs to no account.
create table legal_texts (
    page       text not null,    -- imprint, privacy
    language   text not null,
    words      text not null,    -- as it was typed; empty for nothing
    alone      boolean not null, -- whether nothing that the program says by itself follows
    changed_at bigint not null,
    primary key (page, language)
);
