-- Accounts and tokens: the tables of the libraries' own stores, under our names.
CREATE TABLE accounts (
    id                     binary(16) NOT NULL CONSTRAINT pk_accounts PRIMARY KEY,
    user_name              nvarchar(256) COLLATE $bin2$ NULL,
    normalized_user_name   nvarchar(256) COLLATE $bin2$ NULL,
    email                  nvarchar(256) COLLATE $bin2$ NULL,
    normalized_email       nvarchar(256) COLLATE $bin2$ NULL,
    email_confirmed        bit NOT NULL,
    password_hash          $bigtext$ COLLATE $bin2$ NULL,
    security_stamp         $bigtext$ COLLATE $bin2$ NULL,
    concurrency_stamp      $bigtext$ COLLATE $bin2$ NULL,
    phone_number           $bigtext$ COLLATE $bin2$ NULL,
    phone_number_confirmed bit NOT NULL,
    two_factor_enabled     bit NOT NULL,
    lockout_end            datetime2(3) NULL,
    lockout_enabled        bit NOT NULL,
    access_failed_count    int NOT NULL,
    is_active              bit NOT NULL
);
CREATE UNIQUE INDEX uq_accounts_name ON accounts (normalized_user_name) WHERE normalized_user_name IS NOT NULL;
CREATE INDEX ix_accounts_email ON accounts (normalized_email);

CREATE TABLE account_claims (
    id          int NOT NULL CONSTRAINT pk_account_claims PRIMARY KEY,
    account_id  binary(16) NOT NULL CONSTRAINT fk_account_claims_account REFERENCES accounts (id) ON DELETE CASCADE,
    claim_type  $bigtext$ COLLATE $bin2$ NULL,
    claim_value $bigtext$ COLLATE $bin2$ NULL
);
CREATE INDEX ix_account_claims_account ON account_claims (account_id);

CREATE TABLE account_logins (
    login_provider        nvarchar(200) COLLATE $bin2$ NOT NULL,
    provider_key          nvarchar(200) COLLATE $bin2$ NOT NULL,
    provider_display_name $bigtext$ COLLATE $bin2$ NULL,
    account_id            binary(16) NOT NULL CONSTRAINT fk_account_logins_account REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT pk_account_logins PRIMARY KEY (login_provider, provider_key)
);
CREATE INDEX ix_account_logins_account ON account_logins (account_id);

CREATE TABLE account_tokens (
    account_id     binary(16) NOT NULL CONSTRAINT fk_account_tokens_account REFERENCES accounts (id) ON DELETE CASCADE,
    login_provider nvarchar(200) COLLATE $bin2$ NOT NULL,
    name           nvarchar(200) COLLATE $bin2$ NOT NULL,
    value          $bigtext$ COLLATE $bin2$ NULL,
    CONSTRAINT pk_account_tokens PRIMARY KEY (account_id, login_provider, name)
);

CREATE TABLE oidc_applications (
    id                        binary(16) NOT NULL CONSTRAINT pk_oidc_applications PRIMARY KEY,
    application_type          nvarchar(50) COLLATE $bin2$ NULL,
    client_id                 nvarchar(100) COLLATE $bin2$ NULL,
    client_secret             $bigtext$ COLLATE $bin2$ NULL,
    client_type               nvarchar(50) COLLATE $bin2$ NULL,
    concurrency_token         nvarchar(50) COLLATE $bin2$ NULL,
    consent_type              nvarchar(50) COLLATE $bin2$ NULL,
    display_name              $bigtext$ COLLATE $bin2$ NULL,
    display_names             $bigtext$ COLLATE $bin2$ NULL,
    json_web_key_set          $bigtext$ COLLATE $bin2$ NULL,
    permissions               $bigtext$ COLLATE $bin2$ NULL,
    post_logout_redirect_uris $bigtext$ COLLATE $bin2$ NULL,
    properties                $bigtext$ COLLATE $bin2$ NULL,
    redirect_uris             $bigtext$ COLLATE $bin2$ NULL,
    requirements              $bigtext$ COLLATE $bin2$ NULL,
    settings                  $bigtext$ COLLATE $bin2$ NULL
);
CREATE UNIQUE INDEX uq_oidc_applications_client ON oidc_applications (client_id) WHERE client_id IS NOT NULL;

CREATE TABLE oidc_scopes (
    id                binary(16) NOT NULL CONSTRAINT pk_oidc_scopes PRIMARY KEY,
    concurrency_token nvarchar(50) COLLATE $bin2$ NULL,
    description       $bigtext$ COLLATE $bin2$ NULL,
    descriptions      $bigtext$ COLLATE $bin2$ NULL,
    display_name      $bigtext$ COLLATE $bin2$ NULL,
    display_names     $bigtext$ COLLATE $bin2$ NULL,
    name              nvarchar(200) COLLATE $bin2$ NULL,
    properties        $bigtext$ COLLATE $bin2$ NULL,
    resources         $bigtext$ COLLATE $bin2$ NULL
);
CREATE UNIQUE INDEX uq_oidc_scopes_name ON oidc_scopes (name) WHERE name IS NOT NULL;

CREATE TABLE oidc_authorizations (
    id                binary(16) NOT NULL CONSTRAINT pk_oidc_authorizations PRIMARY KEY,
    application_id    binary(16) NULL CONSTRAINT fk_oidc_authorizations_application REFERENCES oidc_applications (id),
    concurrency_token nvarchar(50) COLLATE $bin2$ NULL,
    creation_date     datetime2(3) NULL,
    properties        $bigtext$ COLLATE $bin2$ NULL,
    scopes            $bigtext$ COLLATE $bin2$ NULL,
    status            nvarchar(50) COLLATE $bin2$ NULL,
    subject           nvarchar(400) COLLATE $bin2$ NULL,
    type              nvarchar(50) COLLATE $bin2$ NULL
);
CREATE INDEX ix_oidc_authorizations_application ON oidc_authorizations (application_id, status, subject, type);
CREATE INDEX ix_oidc_authorizations_subject ON oidc_authorizations (subject);

CREATE TABLE oidc_tokens (
    id                binary(16) NOT NULL CONSTRAINT pk_oidc_tokens PRIMARY KEY,
    application_id    binary(16) NULL CONSTRAINT fk_oidc_tokens_application REFERENCES oidc_applications (id),
    authorization_id  binary(16) NULL CONSTRAINT fk_oidc_tokens_authorization REFERENCES oidc_authorizations (id),
    concurrency_token nvarchar(50) COLLATE $bin2$ NULL,
    creation_date     datetime2(3) NULL,
    expiration_date   datetime2(3) NULL,
    payload           $bigtext$ COLLATE $bin2$ NULL,
    properties        $bigtext$ COLLATE $bin2$ NULL,
    redemption_date   datetime2(3) NULL,
    reference_id      nvarchar(100) COLLATE $bin2$ NULL,
    status            nvarchar(50) COLLATE $bin2$ NULL,
    subject           nvarchar(400) COLLATE $bin2$ NULL,
    type              nvarchar(150) COLLATE $bin2$ NULL
);
CREATE INDEX ix_oidc_tokens_application ON oidc_tokens (application_id, status, subject, type);
CREATE INDEX ix_oidc_tokens_authorization ON oidc_tokens (authorization_id);
CREATE INDEX ix_oidc_tokens_subject ON oidc_tokens (subject);
CREATE UNIQUE INDEX uq_oidc_tokens_reference ON oidc_tokens (reference_id) WHERE reference_id IS NOT NULL;

-- Keys and secrets of the server itself; body is wrapped by the host's key-encryption key. One row a generation:
-- of two instances that make the same one, the second reads the first's.
CREATE TABLE identity_keys (
    id             binary(16) NOT NULL CONSTRAINT pk_identity_keys PRIMARY KEY,
    purpose        nvarchar(40) COLLATE $bin2$ NOT NULL,
    generation     int NOT NULL,
    body           varbinary(6000) NOT NULL,
    active_from    datetime2(3) NOT NULL,
    accepted_until datetime2(3) NOT NULL,
    CONSTRAINT uq_identity_keys_generation UNIQUE (purpose, generation)
);

-- Failed attempts; bucket is a MAC of who and where, so the table names nobody.
CREATE TABLE sign_in_attempts (
    bucket   binary(32) NOT NULL CONSTRAINT pk_sign_in_attempts PRIMARY KEY,
    failures int NOT NULL,
    next_at  datetime2(3) NOT NULL,
    seen_at  datetime2(3) NOT NULL
);
CREATE INDEX ix_sign_in_attempts_seen ON sign_in_attempts (seen_at);
