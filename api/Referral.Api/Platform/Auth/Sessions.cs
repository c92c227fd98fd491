using System.Buffers.Text;
using System.Security.Cryptography;

namespace NationalReferral.Platform;

/// <summary>A live session, and the principal behind it.</summary>
internal sealed record SessionRow : PrincipalRow
{
    public required Guid SessionId { get; init; }

    /// <summary>The agency chosen for this session, when there are several.</summary>
    public Guid? ChosenId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ProvenAt { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }
}

/// <summary>
/// Sessions of the web client. The browser holds a random id, the database its MAC: whoever reads the table cannot
/// become anybody, and whoever writes to it cannot invent a session without the index key.
/// </summary>
internal sealed class Sessions(IndexKey index, AuthSettings settings)
{
    private const int IdSize = 32;
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KeptAfter = TimeSpan.FromDays(30);

    /// <returns>What the table knows the cookie's id by; null when the cookie holds no id.</returns>
    public byte[]? MacOf(string? cookie)
    {
        var id = new byte[IdSize + 1];
        return cookie is { Length: <= 64 } && Base64Url.TryDecodeFromChars(cookie, id, out var size) && size == IdSize
            ? index.Mac("session", id.AsSpan(0, IdSize))
            : null;
    }

    private const string FindSql = $"""
        SELECT {Principals.Columns},
               s.id AS session_id, s.agency_id AS chosen_id, s.created_at, s.proven_at, s.seen_at, s.ends_at
          FROM sessions s
          JOIN logins l ON l.id = s.login_id
        {Principals.Joins}
         WHERE s.id_mac = @mac
           AND s.ended_at IS NULL
           AND s.ends_at > @now
           AND s.seen_at > @idleSince
           AND {Principals.Active}
        """;

    /// <returns>No row when the session has ended, or its login or worker is not active.</returns>
    public async Task<IReadOnlyList<SessionRow>> FindAsync(Work work, byte[] mac, CancellationToken cancellation)
    {
        var rows = await work.ListAsync<SessionRow>(FindSql, new { mac, idleSince = work.Now - settings.Idle }, cancellation);
        return rows.Count > 0 && rows[0].CountsSince(rows[0].CreatedAt) ? rows : [];
    }

    private const string ForgetSql = """
        DELETE FROM sessions
         WHERE login_id = @loginId
           AND ends_at < @before
        """;

    private const string StartSql = """
        INSERT INTO sessions (id, id_mac, login_id, agency_id, refresh, created_at, proven_at, seen_at, ends_at, ended_at)
        VALUES (@id, @mac, @loginId, @agencyId, NULL, @now, @provenAt, @now, @endsAt, NULL)
        """;

    /// <param name="agencyId">Chosen before, by whoever only signs in again.</param>
    /// <returns>The cookie's value; it stands nowhere else.</returns>
    public async Task<string> StartAsync(Work work, Guid loginId, Guid? agencyId, DateTimeOffset? provenAt, CancellationToken cancellation)
    {
        var cookie = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdSize));
        await work.ExecuteAsync(ForgetSql, new { loginId, before = work.Now - KeptAfter }, cancellation);
        await work.ExecuteAsync(StartSql, new { id = Ids.New(work.Now), mac = MacOf(cookie), loginId, agencyId, provenAt, endsAt = work.Now + settings.Longest }, cancellation);
        return cookie;
    }

    public static bool IsDueForTouch(SessionRow session, DateTimeOffset now) => now - session.SeenAt >= TouchEvery;

    private const string TouchSql = """
        UPDATE sessions
           SET seen_at = @now
         WHERE id = @id
           AND seen_at < @now
        """;

    /// <summary>Moves the idle end on; once a minute is enough.</summary>
    public static Task<int> TouchAsync(Work work, Guid sessionId, CancellationToken cancellation) =>
        work.ExecuteAsync(TouchSql, new { id = sessionId }, cancellation);

    private const string ChooseSql = """
        UPDATE sessions
           SET agency_id = @agencyId
         WHERE id = @id
        """;

    public static Task<int> ChooseAsync(Work work, Guid sessionId, Guid agencyId, CancellationToken cancellation) =>
        work.ExecuteAsync(ChooseSql, new { id = sessionId, agencyId }, cancellation);

    private const string EndSql = """
        UPDATE sessions
           SET ended_at = @now
         WHERE id_mac = @mac
           AND ended_at IS NULL
        """;

    public static Task<int> EndAsync(Work work, byte[] mac, CancellationToken cancellation) =>
        work.ExecuteAsync(EndSql, new { mac }, cancellation);
}
