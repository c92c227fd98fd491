using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A partner system as the database holds it.</summary>
internal sealed record ClientRow
{
    public required Guid Id { get; init; }
    public required Guid AgencyId { get; init; }
    public required string Subject { get; init; }
    public required string Name { get; init; }
    public required string Scopes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required long Version { get; init; }
}

/// <summary>Every SQL text over logins of partner systems.</summary>
internal static class ClientStore
{
    private const string NameSql = """
        SELECT l.name
          FROM logins l
         WHERE l.id = @principal
        """;

    /// <returns>The calling client's name.</returns>
    public static Task<string?> NameAsync(Work work, CancellationToken cancellation) => work.ScalarAsync<string>(NameSql, null, cancellation);

    private const string Columns = "l.id, l.agency_id, l.subject, l.name, l.scopes, l.created_at, l.version";

    private const string Own = """
        l.worker_id IS NULL
           AND l.status = 'active'
           AND EXISTS (SELECT 1 FROM agency_tree t WHERE t.ancestor_id = @unit AND t.descendant_id = l.agency_id)
        """;

    private const string ListSql = $"""
        SELECT {Columns}
          FROM logins l
         WHERE {Own}
           AND (@afterAt IS NULL OR l.created_at < @afterAt OR (l.created_at = @afterAt AND l.id < @afterId))
         ORDER BY l.created_at DESC, l.id DESC
        """;

    public static Task<IReadOnlyList<ClientRow>> ListAsync(Work work, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<ClientRow>(ListSql, new { afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string FindSql = $"""
        SELECT {Columns}
          FROM logins l
         WHERE l.id = @id
           AND {Own}
        """;

    /// <returns>Null unless it is a client of the caller's unit or of one below.</returns>
    public static Task<ClientRow?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<ClientRow>(FindSql, new { id }, cancellation);

    private const string InsertSql = """
        INSERT INTO logins (id, issuer, subject, agency_id, name, scopes, epoch, status, created_at, version)
        VALUES (@id, @issuer, @subject, @unit, @name, @scopes, 1, 'active', @now, 1)
        """;

    /// <summary>Bound to the caller's unit.</summary>
    public static Task<int> InsertAsync(Work work, Guid id, string issuer, string subject, string name, string scopes, CancellationToken cancellation) =>
        work.ExecuteAsync(InsertSql, new { id, issuer, subject, name, scopes }, cancellation);

    private const string EndSql = """
        UPDATE logins
           SET epoch = @epoch, status = @status, version = version + 1
         WHERE id = @id
           AND version = @version
        """;

    /// <summary>Tokens given before count no more; with <paramref name="status"/> other than active none ever will.</summary>
    public static async Task<bool> EndTokensAsync(Work work, ClientRow client, string status, CancellationToken cancellation) =>
        await work.ExecuteAsync(EndSql, new { client.Id, client.Version, status, epoch = work.Now.ToUnixTimeMilliseconds() }, cancellation) == 1;
}
