-- Somebody grown refuses, and is counted all the same: which kinds of exploitation, where, of whom by sex. Nothing of it leads to anybody.
ALTER TABLE reports ADD sex nvarchar(40) COLLATE $bin2$ NULL;
ALTER TABLE reports ADD types nvarchar(400) COLLATE $bin2$ NULL;
