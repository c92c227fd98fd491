using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What was known at one time, sealed.</summary>
internal sealed record StoredFacts : SealedRow
{
    public required Guid Id { get; init; }

    /// <summary>From 1, for each victim.</summary>
    public required long N { get; init; }
    public required DateTimeOffset At { get; init; }
    public required byte[] Body { get; init; }

    public static SealedPlace PlaceOf(Guid id) => new("age_facts", id, "identity", 0);
}

/// <summary>A dispute or a determination, sealed.</summary>
internal sealed record StoredDecision : SealedRow
{
    public required Guid Id { get; init; }
    public required long N { get; init; }
    public required string Kind { get; init; }
    public required Guid DecidedBy { get; init; }
    public string? DecidedName { get; init; }
    public required Guid AgencyId { get; init; }
    public required string NameEn { get; init; }
    public required string NameUr { get; init; }
    public required DateTimeOffset At { get; init; }
    public required byte[] Body { get; init; }

    public static SealedPlace PlaceOf(Guid id) => new("age_decisions", id, "identity", 0);
}

/// <summary>How she is treated now, and who leads her case.</summary>
internal sealed record TreatedCase
{
    public required Guid LeadAgencyId { get; init; }
    public required string Status { get; init; }
    public required bool AsChild { get; init; }
    public required string Sex { get; init; }
    public required string District { get; init; }
}

/// <summary>Every SQL text over what is known of ages. Rows are written and never changed.</summary>
internal static class AgeStore
{
    private const string FactsColumns = $"""
        f.id, f.n, f.at, f.body, {Keys.Columns}
        """;

    private const string NewestFactsSql = $"""
        SELECT {FactsColumns}
          FROM age_facts f
          JOIN victims v ON v.id = f.victim_id
          JOIN data_keys k ON k.id = v.key_id
         WHERE f.victim_id = @victimId
         ORDER BY f.n DESC
        """;

    private const string FactsBeforeSql = $"""
        SELECT {FactsColumns}
          FROM age_facts f
          JOIN victims v ON v.id = f.victim_id
          JOIN data_keys k ON k.id = v.key_id
         WHERE f.victim_id = @victimId
           AND (f.at < @before OR f.n = 1)
         ORDER BY f.n DESC
        """;

    /// <param name="before">What was known until then; of a time before anything was, the first that was known.</param>
    /// <returns>Null when nothing was ever written.</returns>
    public static async Task<StoredFacts?> FactsAsync(Work work, Guid victimId, DateTimeOffset? before, CancellationToken cancellation) =>
        (await work.PageAsync<StoredFacts>(before is null ? NewestFactsSql : FactsBeforeSql, new { victimId, before }, 1, cancellation)) is [var row, ..] ? row : null;

    private const string InsertFactsSql = """
        INSERT INTO age_facts (id, victim_id, n, at, body)
        VALUES (@id, @victimId, @n, @now, @body)
        """;

    /// <exception cref="ChangedMeanwhileException">Somebody wrote others since: the body runs again.</exception>
    public static async Task InsertFactsAsync(Work work, Guid id, Guid victimId, long n, byte[] body, CancellationToken cancellation)
    {
        try
        {
            await work.ExecuteAsync(InsertFactsSql, new { id, victimId, n, body }, cancellation);
        }
        catch (ConstraintViolation violation) when (violation.Is("uq_age_facts_victim"))
        {
            throw new ChangedMeanwhileException();
        }
    }

    private const string DecisionColumns = $"""
        q.id, q.n, q.kind, q.decided_by, coalesce(w.display_name, l.name) AS decided_name, q.agency_id, a.name_en, a.name_ur, q.at, q.body, {Keys.Columns}
        """;

    private const string DecisionFrom = """
        FROM age_decisions q
        JOIN victims v ON v.id = q.victim_id
        JOIN data_keys k ON k.id = v.key_id
        JOIN agencies a ON a.id = q.agency_id
        LEFT JOIN workers w ON w.id = q.decided_by
        LEFT JOIN logins l ON l.id = q.decided_by
        """;

    private const string DecisionsSql = $"""
        SELECT {DecisionColumns}
          {DecisionFrom}
         WHERE q.victim_id = @victimId
         ORDER BY q.n DESC
        """;

    /// <summary>Whoever asks: for the rules. Newest first.</summary>
    public static Task<IReadOnlyList<StoredDecision>> DecisionsAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.ListAsync<StoredDecision>(DecisionsSql, new { victimId }, cancellation);

    private const string ListSql = $"""
        SELECT {DecisionColumns}
          {DecisionFrom}
         WHERE q.victim_id = @victimId
           AND {Visibility.OfDocuments}
           AND (@afterAt IS NULL OR q.at < @afterAt OR (q.at = @afterAt AND q.id < @afterId))
         ORDER BY q.at DESC, q.id DESC
        """;

    /// <summary>Those of somebody whose identity the caller may open, newest first.</summary>
    public static Task<IReadOnlyList<StoredDecision>> ListAsync(Work work, Guid victimId, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<StoredDecision>(ListSql, new { victimId, group = "identity", afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string InsertDecisionSql = """
        INSERT INTO age_decisions (id, victim_id, n, kind, decided_by, agency_id, at, body)
        VALUES (@id, @victimId, @n, @kind, @principal, @unit, @now, @body)
        """;

    /// <exception cref="ChangedMeanwhileException">Somebody else decided since: the body runs again.</exception>
    /// <exception cref="ConstraintViolation"><c>pk_age_decisions</c>: the id is taken.</exception>
    public static async Task InsertDecisionAsync(Work work, Guid id, Guid victimId, long n, string kind, byte[] body, CancellationToken cancellation)
    {
        try
        {
            await work.ExecuteAsync(InsertDecisionSql, new { id, victimId, n, kind, body }, cancellation);
        }
        catch (ConstraintViolation violation) when (violation.Is("uq_age_decisions_victim"))
        {
            throw new ChangedMeanwhileException();
        }
    }

    private const string TreatedSql = """
        SELECT v.lead_agency_id, v.status, v.as_child, v.sex, v.district
          FROM victims v
         WHERE v.id = @victimId
        """;

    public static async Task<TreatedCase> TreatedAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        (await work.FirstOrNoneAsync<TreatedCase>(TreatedSql, new { victimId }, cancellation))!;

    private const string SaveShownSql = """
        UPDATE victims
           SET age_band = @band, age_status = @status, as_child = @asChild, age_look_on = @lookOn, changed_at = @now, version = version + 1
         WHERE id = @victimId
           AND (age_band <> @band OR age_status <> @status OR as_child <> @asChild)
        """;

    private const string LookOnSql = """
        UPDATE victims
           SET age_look_on = @lookOn
         WHERE id = @victimId
        """;

    /// <summary>What her case shows of her age. When it is looked at again is no change of the case.</summary>
    /// <returns>False when it shows the same as before.</returns>
    public static async Task<bool> SaveShownAsync(Work work, Guid victimId, KnownAge age, CancellationToken cancellation)
    {
        if (await work.ExecuteAsync(SaveShownSql, new { victimId, band = age.Band, status = age.Status, asChild = age.AsChild, lookOn = age.LookOn }, cancellation) == 1)
        {
            return true;
        }
        await work.ExecuteAsync(LookOnSql, new { victimId, lookOn = age.LookOn }, cancellation);
        return false;
    }

    private const string DueSql = """
        SELECT v.id
          FROM victims v
         WHERE v.age_look_on <= @today
         ORDER BY v.age_look_on, v.id
        """;

    /// <summary>Cases whose shown age may have changed by itself, the longest ago first.</summary>
    public static Task<IReadOnlyList<Guid>> DueAsync(Work work, int take, CancellationToken cancellation) =>
        work.PageAsync<Guid>(DueSql, new { today = Karachi.DateOf(work.Now) }, take, cancellation);
}

/// <summary>What a case shows of an age.</summary>
/// <param name="Band">Set age_band.</param>
/// <param name="Status">Set age_status.</param>
/// <param name="AsChild">True while she must be treated as a child: under 18, or not known, or disputed.</param>
/// <param name="LookOn">When it changes by itself.</param>
internal sealed record KnownAge(string Band, string Status, bool AsChild, DateOnly? LookOn);
