CREATE TABLE reference_loads (
    name        nvarchar(40) COLLATE $bin2$ NOT NULL CONSTRAINT pk_reference_loads PRIMARY KEY,
    fingerprint nvarchar(80) COLLATE $bin2$ NOT NULL,
    at          datetime2(3) NOT NULL
);
