-- Why a case was closed; null while it is open.
ALTER TABLE victims ADD closed_reason nvarchar(40) COLLATE $bin2$ NULL;
