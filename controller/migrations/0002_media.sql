-- Where a picture was fetched from, so that it is not fetched again for every
-- post that shows it. The address is kept as a hash only.
create table media_addresses (
    account_id   text not null references accounts (id) on delete cascade,
    address_hash text not null, -- SHA-256 of the address
    media_id     text not null references media (id) on delete cascade,
    fetched_at   bigint not null,
    primary key (account_id, address_hash)
);
create index media_addresses_by_media on media_addresses (media_id);
create index stages_by_logo on stages (logo_id);
