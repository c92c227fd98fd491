using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What other slices and commands may ask of agencies.</summary>
internal static class Agencies
{
    private const string Code = "administration";

    private const string FindSql = "SELECT a.id FROM agencies a WHERE a.code = @code";

    private const string InsertSql = """
        INSERT INTO agencies (id, code, kind, name_en, name_ur, status, has_account, confidential, calendar, version)
        VALUES (@id, @code, 'ministry', 'System administration', 'نظام کا انتظام', 'active', 1, 0, 'usual', 1)
        """;

    private const string TreeSql = "INSERT INTO agency_tree (ancestor_id, descendant_id) VALUES (@id, @id)";

    /// <summary>Where system administrators belong: an agency that leads no case. Made when it is first needed.</summary>
    public static async Task<Guid> AdministrationAsync(Work work, CancellationToken cancellation)
    {
        if (await work.ScalarAsync<Guid?>(FindSql, new { code = Code }, cancellation) is { } known)
        {
            return known;
        }
        var id = Ids.New(work.Now);
        await work.ExecuteAsync(InsertSql, new { id, code = Code }, cancellation);
        await work.ExecuteAsync(TreeSql, new { id }, cancellation);
        return id;
    }

    /// <returns>Null when there is no such active agency; else whether the caller's unit is it, or stands above it.</returns>
    public static Task<bool?> IsOwnAsync(Work work, Guid agencyId, CancellationToken cancellation) =>
        AgencyStore.FindParentAsync(work, agencyId, cancellation);
}
