-- What a provider said by declining: its places are not as the directory says, or whom it helps is not.
ALTER TABLE capacity ADD doubted_at datetime2(3) NULL;
ALTER TABLE services ADD questioned_at datetime2(3) NULL;
