-- Who gave a child to whom, in the words of both sides; a referral carries how far its arrival is, as it carries what is due.
CREATE TABLE handovers (
    id             binary(16)   NOT NULL CONSTRAINT pk_handovers PRIMARY KEY,
    referral_id    binary(16)   NOT NULL CONSTRAINT fk_handovers_referral REFERENCES referrals (id),
    direction      nvarchar(40) COLLATE $bin2$ NOT NULL,
    reason         nvarchar(40) COLLATE $bin2$ NOT NULL,
    state          nvarchar(40) COLLATE $bin2$ NOT NULL,
    written_by     nvarchar(40) COLLATE $bin2$ NOT NULL,
    given_count    int          NULL,
    received_count int          NULL,
    is_there       bit          NULL,
    relation_id    binary(16)   NULL,
    author_id      binary(16)   NOT NULL,
    author_agency_id binary(16) NOT NULL CONSTRAINT fk_handovers_author REFERENCES agencies (id),
    body           $bigbinary$  NOT NULL,
    occurred_at    datetime2(3) NOT NULL,
    at             datetime2(3) NOT NULL,
    confirmed_by   binary(16)   NULL,
    confirmed_at   datetime2(3) NULL,
    confirmation   $bigbinary$  NULL,
    finding        nvarchar(40) COLLATE $bin2$ NULL,
    settled_by     binary(16)   NULL,
    settled_at     datetime2(3) NULL,
    settlement     $bigbinary$  NULL
);
CREATE INDEX ix_handovers_referral ON handovers (referral_id, at, id);
CREATE UNIQUE INDEX uq_handovers_open ON handovers (referral_id, direction) WHERE state = 'open';
ALTER TABLE referrals ADD handover nvarchar(40) COLLATE $bin2$ NULL;
