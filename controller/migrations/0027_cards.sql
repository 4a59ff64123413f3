-- Nearly no post shares its card with another. A statistic that counts all that share none makes SQLite believe that each
-- card has all posts, and read all of them for each.

drop index posts_by_card;
create index posts_by_card on posts (card_id) where card_id is not null;
