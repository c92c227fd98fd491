using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A victim as the slices beside Victims need her: whose case, which turn, her key.</summary>
internal sealed record Case : SealedRow
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public Guid? HouseholdId { get; init; }
    public required Guid LeadAgencyId { get; init; }

    /// <summary>True while she must be treated as a child.</summary>
    public required bool AsChild { get; init; }

    /// <summary>The turn at which the caller was let in: hold it, or take the next one.</summary>
    public required long AccessVersion { get; init; }
}

/// <summary>The public verb for "may the caller act on this case".</summary>
internal static class Cases
{
    private const string Columns = $"v.id, v.person_id, v.household_id, v.lead_agency_id, v.as_child, v.access_version, {Keys.Columns}";

    private const string FindSql = $"""
        SELECT {Columns}
          FROM victims v
          JOIN data_keys k ON k.id = v.key_id
         WHERE v.id = @id
           AND {Visibility.OfCases}
        """;

    /// <returns>Null unless the caller is on her team or supervises it.</returns>
    public static Task<Case?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Case>(FindSql, new { id }, cancellation);

    private const string FindOverseenSql = $"""
        SELECT {Columns}
          FROM victims v
          JOIN data_keys k ON k.id = v.key_id
         WHERE v.id = @id
           AND {Visibility.OfCasesOverseen}
        """;

    /// <returns>Null unless the caller is on her team, supervises it, or something of hers lies before the caller's office.</returns>
    public static Task<Case?> FindOverseenAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Case>(FindOverseenSql, new { id }, cancellation);

    private const string FindUnblockedSql = $"""
        SELECT {Columns}
          FROM victims v
          JOIN data_keys k ON k.id = v.key_id
         WHERE v.id = @id
           AND {Visibility.NotBlocked}
        """;

    /// <summary>For the national office, which keeps people away from a case that it may not open itself.</summary>
    /// <returns>Null when there is no such victim, or the caller is kept away from her.</returns>
    public static Task<Case?> FindUnblockedAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Case>(FindUnblockedSql, new { id }, cancellation);

    private const string OpenSql = """
        SELECT count(*)
          FROM victims v
         WHERE v.id = @id
           AND v.status = 'open'
        """;

    /// <summary>Whoever asks: nothing new is sent for a closed case.</summary>
    public static async Task<bool> IsOpenAsync(Work work, Guid id, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(OpenSql, new { id }, cancellation) > 0;

    private const string LeadOfSql = """
        SELECT v.lead_agency_id
          FROM victims v
         WHERE v.id = @id
        """;

    /// <summary>Whoever asks: for deadlines of hers.</summary>
    public static Task<Guid?> LeadOfAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.ScalarAsync<Guid?>(LeadOfSql, new { id }, cancellation);

    private const string LeadSql = """
        UPDATE victims
           SET lead_agency_id = @agencyId, changed_at = @now, version = version + 1
         WHERE id = @id
        """;

    /// <summary>Another agency leads the case from now on. The caller holds her turn; grants are another matter.</summary>
    public static Task<int> LeadAsync(Work work, Guid id, Guid agencyId, CancellationToken cancellation) =>
        work.ExecuteAsync(LeadSql, new { id, agencyId }, cancellation);
}
