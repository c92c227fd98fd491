CREATE TABLE agencies (
    id           binary(16)      NOT NULL CONSTRAINT pk_agencies PRIMARY KEY,
    parent_id    binary(16)      NULL CONSTRAINT fk_agencies_parent REFERENCES agencies (id),
    code         nvarchar(40) COLLATE $bin2$          NULL,
    kind         nvarchar(40) COLLATE $bin2$          NOT NULL,
    name_en      nvarchar(200) COLLATE $bin2$ NOT NULL,
    name_ur      nvarchar(200) COLLATE $bin2$ NOT NULL,
    province     nvarchar(40) COLLATE $bin2$          NULL,
    district     nvarchar(40) COLLATE $bin2$          NULL,
    status       nvarchar(40) COLLATE $bin2$          NOT NULL,
    has_account  bit             NOT NULL,
    confidential bit             NOT NULL,
    helpline     nvarchar(60) COLLATE $bin2$ NULL,
    key_id       binary(16)      NULL,
    address      varbinary(2000) NULL,
    lat          float           NULL,
    lon          float           NULL,
    calendar     nvarchar(40) COLLATE $bin2$          NOT NULL,
    terms_on     date            NULL,
    version      bigint          NOT NULL,
    CONSTRAINT ck_agencies_confidential CHECK (confidential = 0 OR (lat IS NULL AND lon IS NULL))
);
CREATE UNIQUE INDEX uq_agencies_code ON agencies (code) WHERE code IS NOT NULL;
CREATE INDEX ix_agencies_parent ON agencies (parent_id);
CREATE INDEX ix_agencies_district ON agencies (district, kind);
CREATE INDEX ix_agencies_province ON agencies (province, kind);

CREATE TABLE agency_tree (
    ancestor_id   binary(16) NOT NULL CONSTRAINT fk_agency_tree_ancestor REFERENCES agencies (id),
    descendant_id binary(16) NOT NULL CONSTRAINT fk_agency_tree_descendant REFERENCES agencies (id),
    CONSTRAINT pk_agency_tree PRIMARY KEY (ancestor_id, descendant_id)
);
CREATE INDEX ix_agency_tree_descendant ON agency_tree (descendant_id, ancestor_id);

CREATE TABLE workers (
    id                binary(16)      NOT NULL CONSTRAINT pk_workers PRIMARY KEY,
    key_id            binary(16)      NULL,
    profile           varbinary(2000) NULL,
    display_name      nvarchar(200) COLLATE $bin2$ NOT NULL,
    status            nvarchar(40) COLLATE $bin2$          NOT NULL,
    epoch             bigint          NOT NULL,
    unavailable_until datetime2(3)    NULL,
    version           bigint          NOT NULL
);

CREATE TABLE memberships (
    id        binary(16)   NOT NULL CONSTRAINT pk_memberships PRIMARY KEY,
    worker_id binary(16)   NOT NULL CONSTRAINT fk_memberships_worker REFERENCES workers (id),
    agency_id binary(16)   NOT NULL CONSTRAINT fk_memberships_agency REFERENCES agencies (id),
    roles     nvarchar(400) COLLATE $bin2$ NOT NULL,
    from_at   datetime2(3) NOT NULL,
    to_at     datetime2(3) NULL
);
CREATE INDEX ix_memberships_worker ON memberships (worker_id, agency_id);
CREATE INDEX ix_memberships_agency ON memberships (agency_id, worker_id);
CREATE UNIQUE INDEX uq_memberships_open ON memberships (worker_id, agency_id) WHERE to_at IS NULL;

CREATE TABLE logins (
    id         binary(16)   NOT NULL CONSTRAINT pk_logins PRIMARY KEY,
    issuer     nvarchar(300) COLLATE $bin2$ NOT NULL,
    subject    nvarchar(150) COLLATE $bin2$ NOT NULL,
    worker_id  binary(16)   NULL CONSTRAINT fk_logins_worker REFERENCES workers (id),
    agency_id  binary(16)   NULL CONSTRAINT fk_logins_agency REFERENCES agencies (id),
    name       nvarchar(200) COLLATE $bin2$ NOT NULL,
    scopes     nvarchar(400) COLLATE $bin2$ NOT NULL,
    epoch      bigint       NOT NULL,
    status     nvarchar(40) COLLATE $bin2$       NOT NULL,
    created_at datetime2(3) NOT NULL,
    version    bigint       NOT NULL,
    CONSTRAINT uq_logins_subject UNIQUE (issuer, subject)
);
CREATE INDEX ix_logins_worker ON logins (worker_id);
CREATE INDEX ix_logins_agency ON logins (agency_id);

CREATE TABLE sessions (
    id         binary(16)      NOT NULL CONSTRAINT pk_sessions PRIMARY KEY,
    id_mac     binary(32)      NOT NULL CONSTRAINT uq_sessions_id_mac UNIQUE,
    login_id   binary(16)      NOT NULL CONSTRAINT fk_sessions_login REFERENCES logins (id),
    agency_id  binary(16)      NULL,
    refresh    varbinary(4000) NULL,
    created_at datetime2(3)    NOT NULL,
    seen_at    datetime2(3)    NOT NULL,
    ends_at    datetime2(3)    NOT NULL,
    ended_at   datetime2(3)    NULL
);
CREATE INDEX ix_sessions_login ON sessions (login_id);

CREATE TABLE protection_keys (
    id   binary(16)  NOT NULL CONSTRAINT pk_protection_keys PRIMARY KEY,
    body $bigbinary$ NOT NULL
);

CREATE TABLE idempotency (
    caller_id   binary(16)   NOT NULL,
    idem_key    nvarchar(100) COLLATE $bin2$ NOT NULL,
    operation   nvarchar(80) COLLATE $bin2$ NOT NULL,
    body_mac    binary(32)   NOT NULL,
    status      int          NOT NULL,
    resource_id binary(16)   NULL,
    at          datetime2(3) NOT NULL,
    CONSTRAINT pk_idempotency PRIMARY KEY (caller_id, idem_key)
);
CREATE INDEX ix_idempotency_at ON idempotency (at);

CREATE TABLE holidays (
    id         binary(16)  NOT NULL CONSTRAINT pk_holidays PRIMARY KEY,
    holiday_on date        NOT NULL,
    province   nvarchar(40) COLLATE $bin2$      NULL,
    name_en    nvarchar(200) COLLATE $bin2$ NOT NULL,
    name_ur    nvarchar(200) COLLATE $bin2$ NOT NULL,
    kind       nvarchar(40) COLLATE $bin2$      NOT NULL,
    status     nvarchar(40) COLLATE $bin2$      NOT NULL
);
CREATE INDEX ix_holidays_on ON holidays (holiday_on);

CREATE TABLE services (
    id            binary(16)   NOT NULL CONSTRAINT pk_services PRIMARY KEY,
    agency_id     binary(16)   NOT NULL CONSTRAINT fk_services_agency REFERENCES agencies (id),
    name_en       nvarchar(200) COLLATE $bin2$ NOT NULL,
    name_ur       nvarchar(200) COLLATE $bin2$ NOT NULL,
    category      nvarchar(40) COLLATE $bin2$       NOT NULL,
    min_age       int          NULL,
    max_age       int          NULL,
    sex           nvarchar(40) COLLATE $bin2$       NULL,
    hours         nvarchar(1000) COLLATE $bin2$ NOT NULL,
    emergency     bit          NOT NULL,
    accreditation nvarchar(40) COLLATE $bin2$       NULL,
    accredited_to date         NULL,
    assured_on    date         NULL,
    status        nvarchar(40) COLLATE $bin2$       NOT NULL,
    version       bigint       NOT NULL
);
CREATE INDEX ix_services_category ON services (category, status);
CREATE INDEX ix_services_agency ON services (agency_id);

CREATE TABLE service_terms (
    service_id binary(16) NOT NULL CONSTRAINT fk_service_terms_service REFERENCES services (id),
    kind       nvarchar(40) COLLATE $bin2$     NOT NULL,
    code       nvarchar(40) COLLATE $bin2$     NOT NULL,
    CONSTRAINT pk_service_terms PRIMARY KEY (service_id, kind, code)
);
CREATE INDEX ix_service_terms_code ON service_terms (kind, code, service_id);

CREATE TABLE capacity (
    service_id binary(16)   NOT NULL CONSTRAINT fk_capacity_service REFERENCES services (id),
    population nvarchar(40) COLLATE $bin2$       NOT NULL,
    licensed   int          NOT NULL,
    reserved   int          NOT NULL,
    occupied   int          NOT NULL,
    waiting    int          NOT NULL,
    as_of      datetime2(3) NOT NULL,
    version    bigint       NOT NULL,
    CONSTRAINT pk_capacity PRIMARY KEY (service_id, population),
    CONSTRAINT ck_capacity_places CHECK (reserved >= 0 AND occupied >= 0 AND waiting >= 0 AND reserved + occupied <= licensed)
);

CREATE TABLE victims (
    id             binary(16)   NOT NULL CONSTRAINT pk_victims PRIMARY KEY,
    person_id      binary(16)   NOT NULL,
    household_id   binary(16)   NULL,
    case_code      nvarchar(40) COLLATE $bin2$       NOT NULL CONSTRAINT uq_victims_case_code UNIQUE,
    lead_agency_id binary(16)   NOT NULL CONSTRAINT fk_victims_lead REFERENCES agencies (id),
    status         nvarchar(40) COLLATE $bin2$       NOT NULL,
    identification nvarchar(40) COLLATE $bin2$       NOT NULL,
    sex            nvarchar(40) COLLATE $bin2$       NOT NULL,
    age_band       nvarchar(40) COLLATE $bin2$       NOT NULL,
    age_status     nvarchar(40) COLLATE $bin2$       NOT NULL,
    district       nvarchar(40) COLLATE $bin2$       NOT NULL,
    languages      nvarchar(200) COLLATE $bin2$ NOT NULL,
    as_child       bit          NOT NULL,
    access_version bigint       NOT NULL,
    key_id         binary(16)   NOT NULL,
    created_by     binary(16)   NOT NULL,
    opened_at      datetime2(3) NOT NULL,
    changed_at     datetime2(3) NOT NULL,
    closed_at      datetime2(3) NULL,
    erased_at      datetime2(3) NULL,
    version        bigint       NOT NULL
);
CREATE INDEX ix_victims_person ON victims (person_id);
CREATE INDEX ix_victims_household ON victims (household_id);
CREATE INDEX ix_victims_lead ON victims (lead_agency_id, status, opened_at, id);

CREATE TABLE records (
    id            binary(16)   NOT NULL CONSTRAINT pk_records PRIMARY KEY,
    victim_id     binary(16)   NOT NULL CONSTRAINT fk_records_victim REFERENCES victims (id),
    kind          nvarchar(40) COLLATE $bin2$       NOT NULL,
    group_code    nvarchar(40) COLLATE $bin2$       NOT NULL,
    occurrence_id binary(16)   NULL,
    restricted    bit          NOT NULL,
    author_id     binary(16)   NOT NULL,
    at            datetime2(3) NOT NULL,
    changed_at    datetime2(3) NOT NULL,
    body          $bigbinary$  NOT NULL,
    version       bigint       NOT NULL
);
CREATE UNIQUE INDEX uq_records_document ON records (victim_id, kind) WHERE kind IN ('identity', 'contact', 'demographics', 'health', 'family', 'legal');
CREATE INDEX ix_records_victim ON records (victim_id, kind, at, id);
CREATE INDEX ix_records_occurrence ON records (occurrence_id);

CREATE TABLE needs (
    id           binary(16)   NOT NULL CONSTRAINT pk_needs PRIMARY KEY,
    victim_id    binary(16)   NOT NULL CONSTRAINT fk_needs_victim REFERENCES victims (id),
    category     nvarchar(40) COLLATE $bin2$       NOT NULL,
    urgency      nvarchar(40) COLLATE $bin2$       NOT NULL,
    status       nvarchar(40) COLLATE $bin2$       NOT NULL,
    unmet_reason nvarchar(40) COLLATE $bin2$       NULL,
    constraints  nvarchar(400) COLLATE $bin2$ NOT NULL,
    at           datetime2(3) NOT NULL,
    version      bigint       NOT NULL
);
CREATE INDEX ix_needs_victim ON needs (victim_id, at, id);
CREATE INDEX ix_needs_status ON needs (status, category);

CREATE TABLE grants (
    id           binary(16)   NOT NULL CONSTRAINT pk_grants PRIMARY KEY,
    victim_id    binary(16)   NOT NULL CONSTRAINT fk_grants_victim REFERENCES victims (id),
    agency_id    binary(16)   NOT NULL CONSTRAINT fk_grants_agency REFERENCES agencies (id),
    audience     nvarchar(40) COLLATE $bin2$       NOT NULL,
    principal_id binary(16)   NULL,
    group_code   nvarchar(40) COLLATE $bin2$       NOT NULL,
    record_id    binary(16)   NULL,
    source       nvarchar(40) COLLATE $bin2$       NOT NULL,
    source_id    binary(16)   NOT NULL,
    basis_id     binary(16)   NULL,
    from_at      datetime2(3) NOT NULL,
    to_at        datetime2(3) NULL
);
CREATE INDEX ix_grants_source ON grants (source_id);
CREATE INDEX ix_grants_basis ON grants (basis_id);
CREATE INDEX ix_grants_principal ON grants (principal_id, victim_id);
CREATE INDEX ix_grants_agency ON grants (agency_id, audience, victim_id);

CREATE TABLE blocks (
    id          binary(16)      NOT NULL CONSTRAINT pk_blocks PRIMARY KEY,
    victim_id   binary(16)      NOT NULL CONSTRAINT fk_blocks_victim REFERENCES victims (id),
    worker_id   binary(16)      NULL,
    agency_id   binary(16)      NULL,
    token       binary(32)      NULL,
    reason_code nvarchar(40) COLLATE $bin2$          NOT NULL,
    reason      varbinary(4000) NULL,
    set_by      binary(16)      NOT NULL,
    from_at     datetime2(3)    NOT NULL,
    lifted_at   datetime2(3)    NULL,
    watch_until datetime2(3)    NULL,
    version     bigint          NOT NULL
);
CREATE INDEX ix_blocks_victim ON blocks (victim_id);
CREATE INDEX ix_blocks_worker ON blocks (worker_id);
CREATE INDEX ix_blocks_agency ON blocks (agency_id);
CREATE INDEX ix_blocks_token ON blocks (token);

CREATE TABLE bases (
    id            binary(16)      NOT NULL CONSTRAINT pk_bases PRIMARY KEY,
    victim_id     binary(16)      NOT NULL CONSTRAINT fk_bases_victim REFERENCES victims (id),
    kind          nvarchar(40) COLLATE $bin2$          NOT NULL,
    status        nvarchar(40) COLLATE $bin2$          NOT NULL,
    detail        $bigbinary$     NOT NULL,
    valid_from    datetime2(3)    NOT NULL,
    valid_to      datetime2(3)    NULL,
    ended_at      datetime2(3)    NULL,
    ended_reason  nvarchar(40) COLLATE $bin2$          NULL,
    supersedes_id binary(16)      NULL,
    recorded_by   binary(16)      NOT NULL,
    recorded_at   datetime2(3)    NOT NULL,
    version       bigint          NOT NULL
);
CREATE INDEX ix_bases_victim ON bases (victim_id, status);
CREATE INDEX ix_bases_valid_to ON bases (valid_to);

CREATE TABLE basis_scopes (
    id          binary(16) NOT NULL CONSTRAINT pk_basis_scopes PRIMARY KEY,
    basis_id    binary(16) NOT NULL CONSTRAINT fk_basis_scopes_basis REFERENCES bases (id),
    effect      nvarchar(40) COLLATE $bin2$     NOT NULL,
    purpose     nvarchar(40) COLLATE $bin2$     NULL,
    group_code  nvarchar(40) COLLATE $bin2$     NULL,
    record_id   binary(16) NULL,
    members     nvarchar(200) COLLATE $bin2$ NULL,
    agency_id   binary(16) NULL,
    agency_kind nvarchar(40) COLLATE $bin2$     NULL,
    district    nvarchar(40) COLLATE $bin2$     NULL
);
CREATE INDEX ix_basis_scopes_basis ON basis_scopes (basis_id);

CREATE TABLE referral_groups (
    id               binary(16)   NOT NULL CONSTRAINT pk_referral_groups PRIMARY KEY,
    sender_agency_id binary(16)   NOT NULL CONSTRAINT fk_referral_groups_sender REFERENCES agencies (id),
    kind             nvarchar(40) COLLATE $bin2$       NOT NULL,
    together         bit          NOT NULL,
    created_by       binary(16)   NOT NULL,
    created_at       datetime2(3) NOT NULL
);
CREATE INDEX ix_referral_groups_sender ON referral_groups (sender_agency_id, created_at);

CREATE TABLE referrals (
    id                   binary(16)   NOT NULL CONSTRAINT pk_referrals PRIMARY KEY,
    group_id             binary(16)   NULL CONSTRAINT fk_referrals_group REFERENCES referral_groups (id),
    victim_id            binary(16)   NOT NULL CONSTRAINT fk_referrals_victim REFERENCES victims (id),
    need_id              binary(16)   NOT NULL CONSTRAINT fk_referrals_need REFERENCES needs (id),
    sender_agency_id     binary(16)   NOT NULL CONSTRAINT fk_referrals_sender REFERENCES agencies (id),
    provider_agency_id   binary(16)   NOT NULL CONSTRAINT fk_referrals_provider REFERENCES agencies (id),
    service_id           binary(16)   NOT NULL CONSTRAINT fk_referrals_service REFERENCES services (id),
    assignee_id          binary(16)   NULL,
    state                nvarchar(40) COLLATE $bin2$       NOT NULL,
    phase                nvarchar(40) COLLATE $bin2$       NULL,
    prior_state          nvarchar(40) COLLATE $bin2$       NULL,
    is_open              bit          NOT NULL,
    asked_urgency        nvarchar(40) COLLATE $bin2$       NOT NULL,
    urgency              nvarchar(40) COLLATE $bin2$       NOT NULL,
    urgency_rule         nvarchar(40) COLLATE $bin2$       NULL,
    reason               nvarchar(40) COLLATE $bin2$       NULL,
    outcome              nvarchar(40) COLLATE $bin2$       NULL,
    reported_by          nvarchar(40) COLLATE $bin2$       NOT NULL,
    rerouted_from        binary(16)   NULL,
    population           nvarchar(40) COLLATE $bin2$       NULL,
    age_band             nvarchar(40) COLLATE $bin2$       NOT NULL,
    sex                  nvarchar(40) COLLATE $bin2$       NOT NULL,
    district             nvarchar(40) COLLATE $bin2$       NOT NULL,
    constraints          nvarchar(400) COLLATE $bin2$ NOT NULL,
    flags                nvarchar(400) COLLATE $bin2$ NOT NULL,
    place                nvarchar(40) COLLATE $bin2$       NOT NULL,
    info_rounds          int          NOT NULL,
    suggested_service_id binary(16)   NULL,
    purpose              nvarchar(40) COLLATE $bin2$       NOT NULL,
    created_by           binary(16)   NOT NULL,
    created_at           datetime2(3) NOT NULL,
    first_submitted_at   datetime2(3) NULL,
    submitted_at         datetime2(3) NULL,
    acknowledged_at      datetime2(3) NULL,
    answered_at          datetime2(3) NULL,
    planned_at           datetime2(3) NULL,
    started_at           datetime2(3) NULL,
    ended_at             datetime2(3) NULL,
    due_at               datetime2(3) NULL,
    changed_at           datetime2(3) NOT NULL,
    version              bigint       NOT NULL
);
CREATE INDEX ix_referrals_group ON referrals (group_id);
CREATE INDEX ix_referrals_victim ON referrals (victim_id);
CREATE INDEX ix_referrals_need ON referrals (need_id);
CREATE INDEX ix_referrals_received ON referrals (provider_agency_id, is_open, due_at, id);
CREATE INDEX ix_referrals_sent ON referrals (sender_agency_id, is_open, due_at, id);
CREATE INDEX ix_referrals_changed ON referrals (changed_at);

CREATE TABLE entries (
    id               binary(16)   NOT NULL CONSTRAINT pk_entries PRIMARY KEY,
    referral_id      binary(16)   NOT NULL CONSTRAINT fk_entries_referral REFERENCES referrals (id),
    kind             nvarchar(40) COLLATE $bin2$       NOT NULL,
    author_id        binary(16)   NOT NULL,
    author_agency_id binary(16)   NOT NULL,
    codes            nvarchar(400) COLLATE $bin2$ NOT NULL,
    body             $bigbinary$  NULL,
    occurred_at      datetime2(3) NULL,
    at               datetime2(3) NOT NULL,
    confirmed_by     binary(16)   NULL,
    confirmed_at     datetime2(3) NULL
);
CREATE INDEX ix_entries_referral ON entries (referral_id, at, id);

CREATE TABLE disclosures (
    id             binary(16)   NOT NULL CONSTRAINT pk_disclosures PRIMARY KEY,
    referral_id    binary(16)   NOT NULL CONSTRAINT fk_disclosures_referral REFERENCES referrals (id),
    group_code     nvarchar(40) COLLATE $bin2$       NOT NULL,
    record_id      binary(16)   NULL,
    record_version bigint       NULL,
    basis_id       binary(16)   NULL,
    chosen_at      datetime2(3) NOT NULL,
    opened_at      datetime2(3) NULL,
    ended_at       datetime2(3) NULL
);
CREATE INDEX ix_disclosures_referral ON disclosures (referral_id);
CREATE INDEX ix_disclosures_basis ON disclosures (basis_id);

CREATE TABLE clocks (
    id            binary(16)   NOT NULL CONSTRAINT pk_clocks PRIMARY KEY,
    kind          nvarchar(40) COLLATE $bin2$       NOT NULL,
    subject_kind  nvarchar(40) COLLATE $bin2$       NOT NULL,
    subject_id    binary(16)   NOT NULL,
    victim_id     binary(16)   NULL,
    agency_id     binary(16)   NOT NULL,
    worker_id     binary(16)   NULL,
    urgency       nvarchar(40) COLLATE $bin2$       NOT NULL,
    started_at    datetime2(3) NOT NULL,
    due_at        datetime2(3) NOT NULL,
    next_at       datetime2(3) NULL,
    paused_at     datetime2(3) NULL,
    state         nvarchar(40) COLLATE $bin2$       NOT NULL,
    stage         nvarchar(40) COLLATE $bin2$       NOT NULL,
    spent_minutes int          NOT NULL,
    pauses        int          NOT NULL,
    calendar      nvarchar(40) COLLATE $bin2$       NOT NULL,
    version       bigint       NOT NULL
);
CREATE INDEX ix_clocks_next ON clocks (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE notifications (
    id           binary(16)   NOT NULL CONSTRAINT pk_notifications PRIMARY KEY,
    worker_id    binary(16)   NOT NULL,
    kind         nvarchar(40) COLLATE $bin2$       NOT NULL,
    cause_id     binary(16)   NOT NULL,
    subject_kind nvarchar(40) COLLATE $bin2$       NOT NULL,
    subject_id   binary(16)   NOT NULL,
    victim_id    binary(16)   NULL,
    stage        nvarchar(40) COLLATE $bin2$       NOT NULL,
    due_at       datetime2(3) NULL,
    at           datetime2(3) NOT NULL,
    read_at      datetime2(3) NULL,
    CONSTRAINT uq_notifications_once UNIQUE (worker_id, cause_id, stage)
);
CREATE INDEX ix_notifications_worker ON notifications (worker_id, at, id);
