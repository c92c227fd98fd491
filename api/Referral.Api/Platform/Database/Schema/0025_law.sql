-- The law as it was known at one time: numbered releases, never edited. Ages of children by purpose, place and day; which instrument says so.
CREATE TABLE law_releases (
    number      bigint        NOT NULL CONSTRAINT pk_law_releases PRIMARY KEY,
    id          binary(16)    NOT NULL CONSTRAINT uq_law_releases_id UNIQUE,
    state       nvarchar(40)  COLLATE $bin2$ NOT NULL,
    note        nvarchar(1000) COLLATE $bin2$ NOT NULL,
    proposed_at datetime2(3)  NOT NULL,
    approved_at datetime2(3)  NULL
);
CREATE TABLE law_instruments (
    release_number bigint         NOT NULL CONSTRAINT fk_law_instruments_release REFERENCES law_releases (number),
    instrument_id  nvarchar(60)   COLLATE $bin2$ NOT NULL,
    short_name     nvarchar(120) COLLATE $bin2$ NOT NULL,
    full_title     nvarchar(400) COLLATE $bin2$ NOT NULL,
    jurisdiction   nvarchar(10)   COLLATE $bin2$ NOT NULL,
    subject        nvarchar(60)   COLLATE $bin2$ NOT NULL,
    from_text      nvarchar(10)   COLLATE $bin2$ NULL,
    to_text        nvarchar(10)   COLLATE $bin2$ NULL,
    status         nvarchar(40)   COLLATE $bin2$ NOT NULL,
    source         nvarchar(400) COLLATE $bin2$ NOT NULL,
    confidence     nvarchar(10)   COLLATE $bin2$ NOT NULL,
    note           nvarchar(1000) COLLATE $bin2$ NULL,
    CONSTRAINT pk_law_instruments PRIMARY KEY (release_number, instrument_id)
);
CREATE TABLE law_rules (
    release_number bigint         NOT NULL CONSTRAINT fk_law_rules_release REFERENCES law_releases (number),
    rule_id        nvarchar(80)   COLLATE $bin2$ NOT NULL,
    jurisdiction   nvarchar(10)   COLLATE $bin2$ NOT NULL,
    purpose        nvarchar(60)   COLLATE $bin2$ NOT NULL,
    age_limit      bigint         NOT NULL,
    sex            nvarchar(40)   COLLATE $bin2$ NULL,
    instrument_id  nvarchar(60)   COLLATE $bin2$ NOT NULL,
    from_on        date           NOT NULL,
    to_on          date           NULL,
    date_precision nvarchar(10)   COLLATE $bin2$ NOT NULL,
    kind           nvarchar(40)   COLLATE $bin2$ NOT NULL,
    verify_by      date           NULL,
    note           nvarchar(1000) COLLATE $bin2$ NULL,
    confidence     nvarchar(10)   COLLATE $bin2$ NOT NULL,
    CONSTRAINT pk_law_rules PRIMARY KEY (release_number, rule_id),
    CONSTRAINT fk_law_rules_instrument FOREIGN KEY (release_number, instrument_id) REFERENCES law_instruments (release_number, instrument_id)
);
