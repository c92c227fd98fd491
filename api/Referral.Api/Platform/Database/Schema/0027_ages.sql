-- What was known of her age, and of the places whose law is asked, each time that it changed: so that an answer of any day can be given
-- again. And who disputed or decided her age. When what is shown of it is looked at again stands plain, by the month: a day would be her birthday.
ALTER TABLE victims ADD age_look_on date NULL;
CREATE INDEX ix_victims_age_look ON victims (age_look_on) WHERE age_look_on IS NOT NULL;
CREATE TABLE age_facts (
    id        binary(16)   NOT NULL CONSTRAINT pk_age_facts PRIMARY KEY,
    victim_id binary(16)   NOT NULL CONSTRAINT fk_age_facts_victim REFERENCES victims (id),
    n         bigint       NOT NULL,
    at        datetime2(3) NOT NULL,
    body      $bigbinary$  NOT NULL,
    CONSTRAINT uq_age_facts_victim UNIQUE (victim_id, n)
);
CREATE TABLE age_decisions (
    id         binary(16)   NOT NULL CONSTRAINT pk_age_decisions PRIMARY KEY,
    victim_id  binary(16)   NOT NULL CONSTRAINT fk_age_decisions_victim REFERENCES victims (id),
    n          bigint       NOT NULL,
    kind       nvarchar(40) COLLATE $bin2$ NOT NULL,
    decided_by binary(16)   NOT NULL,
    agency_id  binary(16)   NOT NULL CONSTRAINT fk_age_decisions_agency REFERENCES agencies (id),
    at         datetime2(3) NOT NULL,
    body       $bigbinary$  NOT NULL,
    CONSTRAINT uq_age_decisions_victim UNIQUE (victim_id, n)
);
