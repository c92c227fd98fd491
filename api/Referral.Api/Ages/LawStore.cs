using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A release as those see it who keep the law data.</summary>
internal sealed record StoredProposal
{
    public required int Number { get; init; }
    public required Guid Id { get; init; }

    /// <summary>Set law_release_state.</summary>
    public required string State { get; init; }
    public required string Note { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>Null: the product brought it.</summary>
    public Guid? ProposedBy { get; init; }
    public string? ProposedName { get; init; }
    public Guid? DecidedBy { get; init; }
    public string? DecidedName { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Line { get; init; }
    public required long Version { get; init; }

    public Approval ToApproval() => new()
    {
        Id = Id,
        Kind = ApprovalKind.LawRelease,
        AskedBy = ProposedBy ?? Guid.Empty,
        State = State == LawProposals.Proposed ? ApprovalState.Open : Codes.Parse<ApprovalState>(State),
        DecidedBy = DecidedBy,
        DecidedAt = DecidedAt,
        Version = Version,
    };
}

/// <summary>Every SQL text over releases of law data. What a release holds is written with it and never changed.</summary>
internal static class LawStore
{
    private const string Proposal = """
        SELECT l.number, l.id, l.state, l.note, l.proposed_at, l.approved_at, l.proposed_by, p.display_name AS proposed_name,
               l.decided_by, d.display_name AS decided_name, l.decided_at, l.line, l.version
          FROM law_releases l
          LEFT JOIN workers p ON p.id = l.proposed_by
          LEFT JOIN workers d ON d.id = l.decided_by
        """;

    private const string ProposalsSql = $"""
        {Proposal}
         ORDER BY l.number DESC
        """;

    /// <summary>Newest first, with who proposed and who decided.</summary>
    public static Task<IReadOnlyList<StoredProposal>> ProposalsAsync(Work work, CancellationToken cancellation) =>
        work.ListAsync<StoredProposal>(ProposalsSql, null, cancellation);

    private const string ProposalSql = $"""
        {Proposal}
         WHERE l.id = @id
        """;

    public static Task<StoredProposal?> ProposalAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredProposal>(ProposalSql, new { id }, cancellation);

    private const string DecideSql = """
        UPDATE law_releases
           SET state = @state, decided_by = @decidedBy, decided_at = @decidedAt, approved_at = @approvedAt, line = @line, version = @version
         WHERE id = @id
           AND version = @read
        """;

    /// <returns>False, with nothing written, when somebody else decided first.</returns>
    public static async Task<bool> DecideAsync(Work work, Approval after, string state, string? line, long read, CancellationToken cancellation) =>
        await work.ExecuteAsync(DecideSql, new
        {
            id = after.Id,
            read,
            state,
            decidedBy = after.DecidedBy,
            decidedAt = after.DecidedAt,
            approvedAt = after.State == ApprovalState.Approved ? after.DecidedAt : null,
            line,
            version = after.Version,
        }, cancellation) == 1;

    private const string NewestSql = """
        SELECT max(l.number)
          FROM law_releases l
         WHERE l.state = 'approved'
        """;

    /// <returns>The release that answers now; null before the first one is there.</returns>
    public static async Task<int?> NewestAsync(Work work, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(NewestSql, null, cancellation) is var number and > 0 ? number : null;

    private const string ApprovedSql = """
        SELECT count(*)
          FROM law_releases l
         WHERE l.number = @number
           AND l.state = 'approved'
        """;

    /// <returns>False for one that was only proposed, and for one that is not there.</returns>
    public static async Task<bool> IsApprovedAsync(Work work, int number, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(ApprovedSql, new { number }, cancellation) > 0;

    private const string InstrumentsSql = """
        SELECT i.instrument_id, i.short_name, i.full_title, i.jurisdiction, i.subject, i.from_text, i.to_text, i.status, i.source, i.confidence, i.note
          FROM law_instruments i
         WHERE i.release_number = @number
         ORDER BY i.instrument_id
        """;

    private const string RulesSql = """
        SELECT u.rule_id, u.jurisdiction, u.purpose, u.age_limit, u.sex, u.instrument_id, u.from_on, u.to_on, u.date_precision, u.kind, u.verify_by, u.note, u.confidence
          FROM law_rules u
         WHERE u.release_number = @number
         ORDER BY u.rule_id
        """;

    /// <returns>Null when there is no such release.</returns>
    public static async Task<LawRelease?> FindAsync(Work work, int number, CancellationToken cancellation)
    {
        var instruments = await work.ListAsync<InstrumentRow>(InstrumentsSql, new { number }, cancellation);
        return instruments.Count == 0
            ? null
            : new LawRelease(
                number,
                [.. instruments.Select(row => new LawInstrument(
                    row.InstrumentId, row.ShortName, row.FullTitle, row.Jurisdiction, row.Subject, row.FromText, row.ToText, row.Status, row.Source, row.Confidence, row.Note))],
                [.. (await work.ListAsync<RuleRow>(RulesSql, new { number }, cancellation)).Select(row => new AgeRule(
                    row.RuleId, row.Jurisdiction, row.Purpose, row.AgeLimit, row.Sex, row.InstrumentId, row.FromOn, row.ToOn, row.DatePrecision, row.Kind, row.VerifyBy, row.Note, row.Confidence))]);
    }

    private const string InsertReleaseSql = """
        INSERT INTO law_releases (number, id, state, note, proposed_by, proposed_at, approved_at, version)
        VALUES (@number, @id, @state, @note, @worker, @now, @approvedAt, 1)
        """;

    private const string InsertInstrumentSql = """
        INSERT INTO law_instruments (release_number, instrument_id, short_name, full_title, jurisdiction, subject, from_text, to_text, status, source, confidence, note)
        VALUES (@number, @instrumentId, @shortName, @fullTitle, @jurisdiction, @subject, @fromText, @toText, @status, @source, @confidence, @note)
        """;

    private const string InsertRuleSql = """
        INSERT INTO law_rules (release_number, rule_id, jurisdiction, purpose, age_limit, sex, instrument_id, from_on, to_on, date_precision, kind, verify_by, note, confidence)
        VALUES (@number, @ruleId, @jurisdiction, @purpose, @ageLimit, @sex, @instrumentId, @fromOn, @toOn, @precision, @kind, @verifyBy, @note, @confidence)
        """;

    /// <summary>The release with all that it holds.</summary>
    /// <param name="approvedAt">Null while a second person has to approve it.</param>
    /// <exception cref="ConstraintViolation"><c>pk_law_releases</c>: the number was given to another meanwhile.</exception>
    public static async Task InsertAsync(Work work, Guid id, LawRelease release, string note, DateTimeOffset? approvedAt, CancellationToken cancellation)
    {
        await work.ExecuteAsync(InsertReleaseSql, new { number = release.Number, id, state = approvedAt is null ? LawProposals.Proposed : ApprovalState.Approved.Code(), note, approvedAt }, cancellation);
        foreach (var one in release.Instruments)
        {
            await work.ExecuteAsync(InsertInstrumentSql, new
            {
                number = release.Number,
                instrumentId = one.Id,
                shortName = one.ShortName,
                fullTitle = one.FullTitle,
                jurisdiction = one.Jurisdiction,
                subject = one.Subject,
                fromText = one.From,
                toText = one.To,
                status = one.Status,
                source = one.Source,
                confidence = one.Confidence,
                note = one.Note,
            }, cancellation);
        }
        foreach (var rule in release.Rules)
        {
            await work.ExecuteAsync(InsertRuleSql, new
            {
                number = release.Number,
                ruleId = rule.Id,
                jurisdiction = rule.Jurisdiction,
                purpose = rule.Purpose,
                ageLimit = rule.Limit,
                sex = rule.Sex,
                instrumentId = rule.InstrumentId,
                fromOn = rule.From,
                toOn = rule.To,
                precision = rule.Precision,
                kind = rule.Kind,
                verifyBy = rule.VerifyBy,
                note = rule.Note,
                confidence = rule.Confidence,
            }, cancellation);
        }
    }

    private sealed record InstrumentRow
    {
        public required string InstrumentId { get; init; }
        public required string ShortName { get; init; }
        public required string FullTitle { get; init; }
        public required string Jurisdiction { get; init; }
        public required string Subject { get; init; }
        public string? FromText { get; init; }
        public string? ToText { get; init; }
        public required LawStatus Status { get; init; }
        public required string Source { get; init; }
        public required LawConfidence Confidence { get; init; }
        public string? Note { get; init; }
    }

    private sealed record RuleRow
    {
        public required string RuleId { get; init; }
        public required string Jurisdiction { get; init; }
        public required string Purpose { get; init; }
        public required int AgeLimit { get; init; }
        public string? Sex { get; init; }
        public required string InstrumentId { get; init; }
        public required DateOnly FromOn { get; init; }
        public DateOnly? ToOn { get; init; }
        public required DatePrecision DatePrecision { get; init; }
        public required LawRuleKind Kind { get; init; }
        public DateOnly? VerifyBy { get; init; }
        public string? Note { get; init; }
        public required LawConfidence Confidence { get; init; }
    }
}
