-- What people had said of a topic and a post before the post took over what they said of others on its card; null for nothing
-- taken over.
alter table post_topics add column before_card text;
