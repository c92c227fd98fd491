using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Every SQL text over the tokens of victims.</summary>
internal static class TokenStore
{
    /// <summary>Who has no more cases than this reads their list sooner than it judges everybody's.</summary>
    private const int Few = 1000;

    /// <summary>More people than this share no name.</summary>
    private const int MostHits = 50_000;

    private const int Judged = 256;

    private const string ForgetSql = """
        DELETE FROM tokens
         WHERE subject_id = @victimId
           AND kind IN (@kinds)
        """;

    private const string InsertSql = """
        INSERT INTO tokens (subject_id, kind, token, key_version, subject_kind)
        VALUES (@victimId, @kind, @token, @keyVersion, 'victim')
        """;

    /// <summary>Replaces the tokens that come from one document, in the transaction that writes the document.</summary>
    /// <param name="kinds">Every kind that the document can have: what it no longer says is no longer found.</param>
    public static async Task SetAsync(
        Work work, Guid victimId, IReadOnlyList<string> kinds, IReadOnlyList<SearchToken> tokens, CancellationToken cancellation)
    {
        await work.ExecuteAsync(ForgetSql, new { victimId, kinds }, cancellation);
        foreach (var token in tokens)
        {
            await work.ExecuteAsync(InsertSql, new { victimId, kind = token.Kind, token = token.Token, keyVersion = token.KeyVersion }, cancellation);
        }
    }

    private const string AfterSql = """
        SELECT v.id
          FROM victims v
         WHERE v.id > @after
           AND v.erased_at IS NULL
         ORDER BY v.id
        """;

    /// <summary>For the system's own work: victims in the order of their ids.</summary>
    public static Task<IReadOnlyList<Guid>> AfterAsync(Work work, Guid after, int take, CancellationToken cancellation) =>
        work.PageAsync<Guid>(AfterSql, new { after }, take, cancellation);

    // A number says more than a name, and her own name more than her father's: of many with one name those come first that have more in common.
    private const string Score = "sum(CASE WHEN t.kind IN ('national_id', 'phone') THEN 8 WHEN t.kind = 'name' THEN 2 ELSE 1 END)";

    private const string HitsSql = $"""
        SELECT t.subject_id
          FROM tokens t
         WHERE t.token IN (@tokens)
           AND t.kind IN (@kinds)
           AND t.subject_kind = 'victim'
         GROUP BY t.subject_id
         ORDER BY {Score} DESC, t.subject_id DESC
        """;

    private const string OwnSql = """
        SELECT g.victim_id
          FROM grants g
         WHERE g.principal_id = @principal
           AND g.agency_id = @unit
           AND g.group_code = 'all'
           AND g.from_at <= @now AND (g.to_at IS NULL OR g.to_at > @now)
         ORDER BY g.victim_id
        """;

    private const string SeenSql = $"""
        SELECT v.id
          FROM victims v
         WHERE v.id IN (@ids)
           AND {Visibility.OfCases}
        """;

    /// <summary>
    /// Of the caller's own cases those that share a token, what shares most first, then the newest. In a large country thousands
    /// of others have the same name: they are judged in that order, no more of them than needed; and where few of many are the
    /// caller's, only what may be.
    /// </summary>
    public static async Task<IReadOnlyList<Guid>> CandidatesAsync(Work work, IReadOnlyList<SearchToken> under, int take, CancellationToken cancellation)
    {
        var asked = new { tokens = under.Select(token => token.Token).ToArray(), kinds = under.Select(token => token.Kind).Distinct().ToArray() };
        var hits = new Queue<Guid>(await work.PageAsync<Guid>(HitsSql, asked, MostHits, cancellation));
        var candidates = new List<Guid>();
        var judged = 0;
        // At least once, however few there are: who is not seen costs as much as who is not there.
        do
        {
            var some = Enumerable.Range(0, Math.Min(Judged, hits.Count)).Select(_ => hits.Dequeue()).ToList();
            candidates.AddRange(await SeenAsync(work, some, cancellation));
            judged += some.Count;
            if (judged == 2 * Judged && hits.Count > Few && candidates.Count < take && !work.Caller.Supervises
                && await work.PageAsync<Guid>(OwnSql, null, Few + 1, cancellation) is { Count: <= Few } own)
            {
                var few = own.ToHashSet();
                hits = new Queue<Guid>(hits.Where(few.Contains));
            }
        }
        while (hits.Count > 0 && candidates.Count < take);
        return [.. candidates.Take(take)];
    }

    /// <summary>Always asked in one length, so that the text of the statement does not tell how many shared a token.</summary>
    private static async Task<IEnumerable<Guid>> SeenAsync(Work work, List<Guid> ids, CancellationToken cancellation)
    {
        var seen = await work.ListAsync<Guid>(SeenSql, new { ids = ids.Concat(Enumerable.Repeat(Guid.Empty, Judged - ids.Count)) }, cancellation);
        return ids.Where(seen.ToHashSet().Contains);
    }

    private const string OfCodeSql = $"""
        SELECT v.id
          FROM victims v
         WHERE v.case_code = @caseCode
           AND {Visibility.OfCases}
        """;

    /// <returns>Null when none of the caller's own cases has this code.</returns>
    public static Task<Guid?> OfCodeAsync(Work work, string caseCode, CancellationToken cancellation) =>
        work.ScalarAsync<Guid?>(OfCodeSql, new { caseCode }, cancellation);

    private const string FoundSql = $"""
        SELECT v.id, v.case_code, v.sex, v.age_band, v.district, v.status, v.access_version
          FROM victims v
         WHERE v.id IN (@ids)
           AND {Visibility.OfCases}
         ORDER BY v.id
        """;

    /// <summary>Ids ascending. Asked again in the transaction that answers: what was seen before may be shut by now.</summary>
    public static Task<IReadOnlyList<CandidateCase>> FoundAsync(Work work, IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        work.ListAsync<CandidateCase>(FoundSql, new { ids }, cancellation);
}

/// <summary>The shell of a case that may be the one looked for.</summary>
internal sealed record CandidateCase
{
    public required Guid Id { get; init; }
    public required string CaseCode { get; init; }
    public required string Sex { get; init; }
    public required string AgeBand { get; init; }
    public required string District { get; init; }
    public required string Status { get; init; }
    public required long AccessVersion { get; init; }
}
