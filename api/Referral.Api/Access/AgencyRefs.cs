using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Names of agencies beside ids of agencies.</summary>
internal static class AgencyRefs
{
    private const string FindSql = """
        SELECT a.id, a.name_en, a.name_ur
          FROM agencies a
         WHERE a.id IN (@ids)
        """;

    /// <returns>Those that exist.</returns>
    public static async Task<IReadOnlyDictionary<Guid, Ref>> OfAsync(Work work, IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        Guid[] asked = [.. ids.Distinct()];
        return asked.Length == 0
            ? new Dictionary<Guid, Ref>()
            : (await work.ListAsync<Row>(FindSql, new { ids = asked }, cancellation)).ToDictionary(row => row.Id, row => new Ref(row.Id, row.NameEn, row.NameUr));
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string NameEn { get; init; }
        public required string NameUr { get; init; }
    }
}
