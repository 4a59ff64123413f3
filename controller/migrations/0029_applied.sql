-- How far rules are applied: nothing said means from the newest post on. A sign that is behind all ids in one order of letters
-- is before them in another.
update moderation set applied_below = '' where applied_below = '~';
