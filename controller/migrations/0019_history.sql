-- Who did what and when. Nothing here says what a post says.
create table happenings (
    id          text primary key,   -- rises with time
    account_id  text not null references accounts (id) on delete cascade,
    stage_id    text references stages (id) on delete cascade, -- null: concerns the account
    happened_at bigint not null,
    deed        text not null,      -- what was done: post.hidden, topic.rule, screen.paired
    thing_id    text not null,      -- to which post, topic, source, programme, alert, screen, member; need not exist any more
    thing_name  text not null,      -- what its owner called it; of posts and alerts always empty
    other_name  text not null,      -- what else there is to say: a second name, a role; may be empty
    member_id   text references members (id) on delete set null, -- who did it; null: nobody, or somebody who is gone
    reason      text not null       -- translation key: why it happened by itself; empty where somebody did it
);
create index happenings_by_stage on happenings (stage_id, happened_at, id);
create index happenings_by_thing on happenings (stage_id, thing_id, happened_at);
create index happenings_by_account on happenings (account_id, happened_at);
create index happenings_by_age on happenings (happened_at);
create index happenings_by_member on happenings (member_id);
