using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Every SQL text over the tokens of victims.</summary>
internal static class TokenStore
{
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
    private const string CandidatesSql = $"""
        WITH hits AS (
            SELECT t.subject_id, sum(CASE WHEN t.kind IN ('national_id', 'phone') THEN 8 WHEN t.kind = 'name' THEN 2 ELSE 1 END) AS score
              FROM tokens t
             WHERE t.token IN (@tokens)
               AND t.kind IN (@kinds)
               AND t.subject_kind = 'victim'
             GROUP BY t.subject_id
        )
        SELECT v.id
          FROM hits h
          JOIN victims v ON v.id = h.subject_id
         WHERE {Visibility.OfCases}
         ORDER BY h.score DESC, v.id DESC
        """;

    /// <summary>Of the caller's own cases those that share a token, what shares most first, then the newest.</summary>
    public static Task<IReadOnlyList<Guid>> CandidatesAsync(Work work, IReadOnlyList<SearchToken> tokens, int take, CancellationToken cancellation) =>
        work.PageAsync<Guid>(
            CandidatesSql, new { tokens = tokens.Select(token => token.Token).ToArray(), kinds = tokens.Select(token => token.Kind).Distinct().ToArray() }, take, cancellation);

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

    /// <summary>Asked again in the transaction that opens them: what was seen before it began may be shut by now.</summary>
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
