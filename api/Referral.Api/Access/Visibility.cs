namespace NationalReferral;

/// <summary>
/// Who may see what: the one predicate, joined into every read (design: access). Aliases: <c>v</c> is victims,
/// <c>r</c> referrals, <c>d</c> records, <c>x</c> transfers, <c>y</c> approvals, <c>n</c> reports, <c>b</c> bases, <c>e</c> break_glass. The ambient parameters of <see cref="Platform.Work"/> say who asks and when.
/// </summary>
internal static class Visibility
{
    private const string Live = "g.victim_id = v.id AND g.from_at <= @now AND (g.to_at IS NULL OR g.to_at > @now)";

    // A worker acts in one membership at a time: what was opened to her at one desk does not follow her to another.
    private const string Reaches = """
        ((g.principal_id = @principal AND g.agency_id = @unit)
          OR (g.audience = 'unit' AND g.agency_id = @unit)
          OR (@supervises = 1 AND g.audience = 'supervisors'
              AND EXISTS (SELECT 1 FROM agency_tree t WHERE t.ancestor_id = @unit AND t.descendant_id = g.agency_id)))
        """;

    /// <summary>
    /// A block follows the person: every case of hers, whoever signs in as him (<see cref="PersonBlocks"/>) and every unit above his. Asked of each victim anew: a list of
    /// the caller's blocks would be a table of its own, made for every statement.
    /// </summary>
    public const string NotBlocked = """
        NOT EXISTS (SELECT 1 FROM block_workers bw JOIN blocks b ON b.id = bw.block_id JOIN victims p ON p.id = b.victim_id
                     WHERE bw.worker_id = @worker AND b.lifted_at IS NULL AND p.person_id = v.person_id)
        AND NOT EXISTS (SELECT 1 FROM agency_tree t JOIN blocks b ON b.agency_id = t.ancestor_id JOIN victims p ON p.id = b.victim_id
                         WHERE t.descendant_id = @unit AND b.lifted_at IS NULL AND p.person_id = v.person_id)
        """;

    /// <summary>The shell of a victim: case code, codes, no words.</summary>
    public const string OfVictims = $"""
        EXISTS (SELECT 1 FROM grants g WHERE {Live} AND g.group_code IN ('all', 'minimum') AND {Reaches})
        AND {NotBlocked}
        """;

    /// <summary>The whole case: its lead's supervisors and its team. Those who may change it.</summary>
    public const string OfCases = $"""
        EXISTS (SELECT 1 FROM grants g WHERE {Live} AND g.group_code = 'all' AND {Reaches})
        AND {NotBlocked}
        """;

    /// <summary>The whole case, or one of which something lies before the caller's office: for orders, which the national office keeps.</summary>
    public const string OfCasesOverseen = $"""
        EXISTS (SELECT 1 FROM grants g WHERE {Live} AND (g.group_code = 'all' OR g.source = 'oversight') AND {Reaches})
        AND {NotBlocked}
        """;

    /// <summary>A basis: by the whole case, or because this very one lies before the caller's office.</summary>
    public const string OfBases = $"""
        EXISTS (SELECT 1 FROM grants g WHERE {Live} AND (g.group_code = 'all' OR (g.source = 'oversight' AND g.source_id = b.id)) AND {Reaches})
        AND {NotBlocked}
        """;

    /// <summary>A document of a victim, by its group (<c>@group</c>).</summary>
    public const string OfDocuments = $"""
        EXISTS (SELECT 1 FROM grants g WHERE {Live}
                   AND (g.group_code = 'all' OR (g.group_code = @group AND g.record_id IS NULL)) AND {Reaches})
        AND {NotBlocked}
        """;

    /// <summary>An item of a victim: by a grant that names it; an unrestricted one also by the whole case, a restricted one also to its author.</summary>
    public const string OfItems = $"""
        EXISTS (SELECT 1 FROM grants g WHERE {Live}
                   AND ((g.group_code = 'all' AND (d.restricted = 0 OR d.author_id = @principal)) OR (g.group_code = d.group_code AND g.record_id = d.id))
                   AND {Reaches})
        AND {NotBlocked}
        """;

    /// <summary>A referral: by the whole case, or by a grant that this very referral brought.</summary>
    public const string OfReferrals = $"""
        (EXISTS (SELECT 1 FROM grants g WHERE {Live} AND g.group_code = 'all' AND {Reaches})
          OR EXISTS (SELECT 1 FROM grants g WHERE {Live} AND g.group_code = 'minimum' AND g.source_id = r.id AND {Reaches}))
        AND {NotBlocked}
        """;

    /// <summary>The caller supervises who leads the case of a transfer, or led it then.</summary>
    public const string LeadsIn = """
        (@supervises = 1 AND EXISTS (SELECT 1 FROM agency_tree o WHERE o.ancestor_id = @unit AND o.descendant_id = x.from_agency_id))
        """;

    /// <summary>The caller supervises who would lead it.</summary>
    public const string ReceivesIn = """
        (@supervises = 1 AND EXISTS (SELECT 1 FROM agency_tree o WHERE o.ancestor_id = @unit AND o.descendant_id = x.to_agency_id))
        """;

    /// <summary>What any live basis hides (<c>h</c>, <c>s</c>).</summary>
    private const string Hides = "s.effect = 'hide' AND h.status = 'active' AND h.valid_from <= @now AND (h.valid_to IS NULL OR h.valid_to > @now)";

    /// <summary>She does not want the agency to know to which a transfer would go, by its name or its kind, at any height above it.</summary>
    private const string HiddenFromReceiver = $"""
        EXISTS (SELECT 1 FROM bases h JOIN basis_scopes s ON s.basis_id = h.id
                 WHERE h.victim_id = x.victim_id AND {Hides}
                   AND EXISTS (SELECT 1 FROM agency_tree t JOIN agencies a ON a.id = t.ancestor_id
                                WHERE t.descendant_id = x.to_agency_id AND (a.id = s.agency_id OR a.kind = s.agency_kind)))
        """;

    /// <summary>She does not hide from the caller's unit, or it leads the case: whoever leads it knows her.</summary>
    public const string NotHidden = $"""
        (v.lead_agency_id = @unit
          OR NOT EXISTS (SELECT 1 FROM bases h JOIN basis_scopes s ON s.basis_id = h.id
                          WHERE h.victim_id = v.id AND {Hides}
                            AND EXISTS (SELECT 1 FROM agency_tree t JOIN agencies a ON a.id = t.ancestor_id
                                         WHERE t.descendant_id = @unit AND (a.id = s.agency_id OR a.kind = s.agency_kind))))
        """;

    /// <summary>
    /// A transfer: by the whole case; by supervising who leads it or led it then; and by supervising who would lead it, while it
    /// may be answered. An agency that asked for a case sees what became of that while it sees the case at all. To whom the case
    /// was offered but may not learn of her any more, it was never offered.
    /// </summary>
    public const string OfTransfers = $"""
        (EXISTS (SELECT 1 FROM grants g WHERE {Live} AND g.group_code = 'all' AND {Reaches})
          OR {LeadsIn}
          OR ({ReceivesIn}
              AND NOT EXISTS (SELECT 1 FROM blocks b JOIN victims p ON p.id = b.victim_id
                               WHERE p.person_id = v.person_id AND b.lifted_at IS NULL
                                 AND b.agency_id IN (SELECT t.ancestor_id FROM agency_tree t WHERE t.descendant_id = x.to_agency_id))
              AND NOT {HiddenFromReceiver}
              AND (x.state = 'open'
                OR (x.asked_by = 'request' AND EXISTS (SELECT 1 FROM grants g WHERE {Live} AND g.group_code IN ('all', 'minimum') AND {Reaches})))))
        AND {NotBlocked}
        """;

    /// <summary>The national protection office was brought in: nobody decided in time.</summary>
    public const string OverseesApproval = $"""
        EXISTS (SELECT 1 FROM grants g WHERE {Live} AND g.source = 'oversight' AND g.source_id = y.id AND {Reaches})
        """;

    /// <summary>The same of a deadline (alias <c>c</c>): nobody kept it in time.</summary>
    public const string OverseesClock = $"""
        EXISTS (SELECT 1 FROM grants g WHERE {Live} AND g.source = 'oversight' AND g.source_id = c.subject_id AND {Reaches})
        """;

    /// <summary>
    /// A unit (alias <c>u</c>) in which somebody works whom a block names that is to be lifted, or that stands above one. Of a block on
    /// somebody who is no worker yet every unit: which stands by him nobody may find out.
    /// </summary>
    public const string StandsByWhomItLifts = """
        y.kind = 'block_lift'
        AND (EXISTS (SELECT 1 FROM blocks e WHERE e.id = y.subject_id AND e.worker_id IS NULL AND e.agency_id IS NULL)
          OR u.id IN (SELECT t.ancestor_id FROM agency_tree t
                       WHERE t.descendant_id IN (SELECT e.agency_id FROM blocks e WHERE e.id = y.subject_id)
                          OR t.descendant_id IN (SELECT h.agency_id FROM blocks e JOIN memberships h ON h.worker_id = e.worker_id
                                                  WHERE e.id = y.subject_id AND (h.to_at IS NULL OR h.to_at > @now))))
        """;

    /// <summary>
    /// An approval about a victim: by the whole case, or because it was brought before the caller's office. That a block is to be
    /// lifted only those know who may set one.
    /// </summary>
    public const string OfApprovals = $"""
        ((EXISTS (SELECT 1 FROM grants g WHERE {Live} AND g.group_code = 'all' AND {Reaches}) AND (y.kind <> 'block_lift' OR @supervises = 1)) OR {OverseesApproval})
        AND {NotBlocked}
        """;

    /// <summary>An emergency access of the caller's own, unless she does not want the caller's unit to know any more.</summary>
    public const string OwnBreakGlass = $"(e.worker_id = @worker AND e.agency_id = @unit AND {NotHidden})";

    /// <summary>The caller supervises who leads the case.</summary>
    public const string LeadsCase = """
        (@supervises = 1 AND EXISTS (SELECT 1 FROM agency_tree o WHERE o.ancestor_id = @unit AND o.descendant_id = v.lead_agency_id))
        """;

    /// <summary>An emergency access lies before the caller's office.</summary>
    public const string OverseesBreakGlass = $"""
        EXISTS (SELECT 1 FROM grants g WHERE {Live} AND g.source = 'oversight' AND g.source_id = e.id AND {Reaches})
        """;

    /// <summary>
    /// An emergency access: one's own, by the whole case, or because it lies before the caller's office. Of one that was not
    /// justified the supervisors of whoever opened it hear too, though they may not know her.
    /// </summary>
    public const string OfBreakGlass = $"""
        ({OwnBreakGlass}
          OR EXISTS (SELECT 1 FROM grants g WHERE {Live} AND g.group_code = 'all' AND {Reaches})
          OR {OverseesBreakGlass}
          OR (e.answer = 'not_justified' AND @supervises = 1
              AND EXISTS (SELECT 1 FROM agency_tree o WHERE o.ancestor_id = @unit AND o.descendant_id = e.agency_id)))
        AND {NotBlocked}
        """;

    /// <summary>What is told about somebody stays hidden from him; about an agency, from everybody in it and below it.</summary>
    public const string NotAbout = """
        (@worker IS NULL OR n.about_worker_id IS NULL OR n.about_worker_id <> @worker)
        AND (n.about_agency_id IS NULL OR n.about_agency_id NOT IN (SELECT t.ancestor_id FROM agency_tree t WHERE t.descendant_id = @unit))
        """;

    /// <summary>
    /// A report: its handler's unit and, for supervisors, every unit below theirs; a client has what it brought. Never whom
    /// it is about, nor who is kept away from the person whose case it led to.
    /// </summary>
    public const string OfReports = $"""
        n.handler_agency_id IN (SELECT t.descendant_id FROM agency_tree t WHERE t.ancestor_id = @unit AND (t.descendant_id = @unit OR @supervises = 1))
        AND (@worker IS NOT NULL OR n.created_by = @principal)
        AND {NotAbout}
        AND (n.victim_id IS NULL OR EXISTS (SELECT 1 FROM victims v WHERE v.id = n.victim_id AND {NotBlocked}))
        """;

    /// <summary>Which grants reach the caller now; for the list of groups that a view names.</summary>
    public const string OfGrants = $"""
        {Live} AND {Reaches}
        """;
}
