-- How long deadlines run, where the country or an agency wants it otherwise than the product has it; for one category of help, or for all that have no row of their own.
CREATE TABLE clock_lengths (
    id        binary(16)   NOT NULL CONSTRAINT pk_clock_lengths PRIMARY KEY,
    agency_id binary(16)   NULL CONSTRAINT fk_clock_lengths_agency REFERENCES agencies (id),
    kind      nvarchar(40) COLLATE $bin2$ NOT NULL,
    category  nvarchar(40) COLLATE $bin2$ NOT NULL,
    emergency nvarchar(10) COLLATE $bin2$ NOT NULL,
    high      nvarchar(10) COLLATE $bin2$ NOT NULL,
    medium    nvarchar(10) COLLATE $bin2$ NOT NULL,
    low       nvarchar(10) COLLATE $bin2$ NOT NULL
);
CREATE UNIQUE INDEX uq_clock_lengths_country ON clock_lengths (kind, category) WHERE agency_id IS NULL;
CREATE UNIQUE INDEX uq_clock_lengths_agency ON clock_lengths (agency_id, kind, category) WHERE agency_id IS NOT NULL;
-- What a clock was given when it began. One with a date of its own has none.
ALTER TABLE clocks ADD length nvarchar(10) COLLATE $bin2$ NULL;
UPDATE clocks
   SET length = CASE kind
       WHEN 'acknowledge'        THEN CASE urgency WHEN 'emergency' THEN '1h'  WHEN 'high' THEN '24h' WHEN 'medium' THEN '3d'  ELSE '7d'  END
       WHEN 'decide'             THEN CASE urgency WHEN 'emergency' THEN '4h'  WHEN 'high' THEN '48h' WHEN 'medium' THEN '5d'  ELSE '14d' END
       WHEN 'answer_info'        THEN CASE urgency WHEN 'emergency' THEN '1h'  WHEN 'high' THEN '12h' WHEN 'medium' THEN '2d'  ELSE '5d'  END
       WHEN 'start'              THEN CASE urgency WHEN 'emergency' THEN '12h' WHEN 'high' THEN '48h' WHEN 'medium' THEN '10d' ELSE '21d' END
       WHEN 'no_show_grace'      THEN CASE urgency WHEN 'emergency' THEN '2h'  WHEN 'high' THEN '12h' WHEN 'medium' THEN '3d'  ELSE '5d'  END
       WHEN 'report_back'        THEN CASE urgency WHEN 'emergency' THEN '24h' WHEN 'high' THEN '3d'  WHEN 'medium' THEN '14d' ELSE '30d' END
       WHEN 'outcome'            THEN CASE urgency WHEN 'emergency' THEN '3d'  WHEN 'high' THEN '7d'  WHEN 'medium' THEN '14d' ELSE '30d' END
       WHEN 'confirm_cancel'     THEN CASE urgency WHEN 'emergency' THEN '4h'  WHEN 'high' THEN '24h' WHEN 'medium' THEN '3d'  ELSE '5d'  END
       WHEN 'attest_deletion'    THEN '7d'
       WHEN 'approval'           THEN CASE urgency WHEN 'emergency' THEN '4h'  WHEN 'high' THEN '24h' WHEN 'medium' THEN '2d'  ELSE '5d'  END
       WHEN 'transfer'           THEN CASE urgency WHEN 'emergency' THEN '4h'  WHEN 'high' THEN '48h' WHEN 'medium' THEN '5d'  ELSE '14d' END
       WHEN 'triage'             THEN CASE urgency WHEN 'emergency' THEN '1h'  WHEN 'high' THEN '4h'  WHEN 'medium' THEN '24h' ELSE '3d'  END
       WHEN 'callback'           THEN CASE urgency WHEN 'emergency' THEN '1h'  WHEN 'high' THEN '4h'  WHEN 'medium' THEN '24h' ELSE '3d'  END
       WHEN 'missing_in_transit' THEN '1h'
       END
 WHERE state IN ('running', 'paused');
