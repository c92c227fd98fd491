using System.Data.Common;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace NationalReferral.Identity;

/// <summary>
/// The server's keys, one row each, wrapped. A signing key is staged a day before it signs, because partners cache the
/// key list, and stays published until the last token under it has died. Every instance re-reads them; nothing restarts.
/// </summary>
public sealed class ServerKeys : IConfigureOptions<OpenIddictServerOptions>, IOptionsChangeTokenSource<OpenIddictServerOptions>, IDisposable
{
    private const string Signing = "signing";
    private const string Encryption = "encryption";
    private static readonly TimeSpan SignsFor = TimeSpan.FromDays(90);
    private static readonly TimeSpan StagedAhead = TimeSpan.FromDays(1);

    /// <summary>Longer than a refresh token lives.</summary>
    private static readonly TimeSpan AcceptedAfter = TimeSpan.FromDays(30);
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);
    private static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly IdentityStore _store;
    private readonly IKeyWrap _wrap;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _refreshing = new(1);
    private IReadOnlyList<ServerKey> _keys = [];
    private string _print = string.Empty;
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private CancellationTokenSource _changed = new();

    internal ServerKeys(IdentityStore store, IKeyWrap wrap, TimeProvider clock)
    {
        _store = store;
        _wrap = wrap;
        _clock = clock;
    }

    /// <summary>What verifies an access token of this server, without asking it over HTTP.</summary>
    public IEnumerable<SecurityKey> Verifying => _keys.Where(key => key.Purpose == Signing).Select(key => key.Key);

    string? IOptionsChangeTokenSource<OpenIddictServerOptions>.Name => Options.DefaultName;

    /// <summary>Called by the options of the server, whenever they are built anew.</summary>
    public void Configure(OpenIddictServerOptions options)
    {
        foreach (var key in _keys)
        {
            // The library sorts by date: not valid yet means published only; of the rest the latest end signs.
            if (key.Purpose == Signing)
            {
                options.SigningCredentials.Add(new(key.Key, SecurityAlgorithms.RsaSha256));
            }
            else
            {
                options.EncryptionCredentials.Add(new(key.Key, SecurityAlgorithms.RsaOAEP, SecurityAlgorithms.Aes256CbcHmacSha512));
            }
        }
    }

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);

    /// <summary>Another instance may have made the key that a token names. Reads again, but not more often than every five seconds.</summary>
    /// <returns>False when it was too soon.</returns>
    public async Task<bool> TryRefreshAsync(CancellationToken cancellation)
    {
        if (_clock.GetUtcNow() - _readAt < SoonAgain)
        {
            return false;
        }
        await RefreshAsync(cancellation);
        return true;
    }

    /// <summary>Makes what is missing or due, and takes over what other instances made.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await _refreshing.WaitAsync(cancellation);
        try
        {
            var now = _clock.GetUtcNow();
            var rows = await ReadAsync(now, cancellation);
            foreach (var purpose in new[] { Signing, Encryption })
            {
                var newest = rows.Where(row => row.Purpose == purpose).MaxBy(row => row.Generation);
                if (newest is null || newest.ActiveFrom + SignsFor - StagedAhead <= now)
                {
                    // The first key is valid at once, with room for clocks that differ.
                    await StageAsync(purpose, newest?.Generation ?? 0, newest is null ? now.AddHours(-1) : now + StagedAhead, cancellation);
                    rows = await ReadAsync(now, cancellation);
                }
            }
            Adopt(rows, now);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>Stages the next signing and encryption key now, for a key that may have leaked.</summary>
    public async Task RotateAsync(CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow();
        var rows = await ReadAsync(now, cancellation);
        foreach (var purpose in new[] { Signing, Encryption })
        {
            await StageAsync(purpose, rows.Where(row => row.Purpose == purpose).Max(row => row.Generation), now + StagedAhead, cancellation);
        }
        await RefreshAsync(cancellation);
    }

    public void Dispose()
    {
        _refreshing.Dispose();
        _changed.Dispose();
    }

    /// <summary>32 random bytes under a name, made at first use, the same on every instance.</summary>
    internal async Task<byte[]> SecretAsync(string purpose, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            if ((await ReadAsync(_clock.GetUtcNow(), cancellation)).FirstOrDefault(row => row.Purpose == purpose) is { } row)
            {
                return _wrap.Unwrap(purpose, row.Body);
            }
            if (attempt > 0)
            {
                throw new InvalidOperationException($"The secret {purpose} could not be kept in the identity database.");
            }
            await InsertAsync(purpose, 1, RandomNumberGenerator.GetBytes(32), _clock.GetUtcNow().AddHours(-1), Never, cancellation);
        }
    }

    private void Adopt(IReadOnlyList<Row> rows, DateTimeOffset now)
    {
        _readAt = now;
        var kept = rows.Where(row => row.Purpose is Signing or Encryption).ToList();
        // Changes when a key is added, dies, or becomes active.
        var print = string.Join(' ', kept.Select(row => $"{row.Purpose}{row.Generation}{(row.ActiveFrom <= now ? '+' : '-')}"));
        if (print == _print)
        {
            return;
        }
        _keys = [.. kept.Select(Open)];
        _print = print;
        Interlocked.Exchange(ref _changed, new()).Cancel();
    }

    private ServerKey Open(Row row)
    {
        if (_keys.FirstOrDefault(key => key.Purpose == row.Purpose && key.Generation == row.Generation) is { } known)
        {
            return known;
        }
        var pfx = _wrap.Unwrap(row.Purpose, row.Body);
        var certificate = X509CertificateLoader.LoadPkcs12(pfx, null);
        CryptographicOperations.ZeroMemory(pfx);
        return new(row.Purpose, row.Generation, new X509SecurityKey(certificate) { KeyId = certificate.Thumbprint[..16] });
    }

    private async Task StageAsync(string purpose, int generation, DateTimeOffset activeFrom, CancellationToken cancellation)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest($"CN=referral-{purpose}-{generation + 1}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var acceptedUntil = activeFrom + SignsFor + AcceptedAfter;
        using var certificate = request.CreateSelfSigned(activeFrom, acceptedUntil);
        await InsertAsync(purpose, generation + 1, certificate.Export(X509ContentType.Pfx), activeFrom, acceptedUntil, cancellation);
    }

    private const string InsertSql = """
        INSERT INTO identity_keys (id, purpose, generation, body, active_from, accepted_until)
        VALUES (@id, @purpose, @generation, @body, @activeFrom, @acceptedUntil)
        """;

    private async Task InsertAsync(string purpose, int generation, byte[] secret, DateTimeOffset activeFrom, DateTimeOffset acceptedUntil, CancellationToken cancellation)
    {
        try
        {
            await _store.ExecuteAsync(InsertSql, cancellation,
                ("@id", Guid.CreateVersion7().ToByteArray(bigEndian: true)), ("@purpose", purpose), ("@generation", generation),
                ("@body", _wrap.Wrap(purpose, secret)), ("@activeFrom", activeFrom), ("@acceptedUntil", acceptedUntil));
        }
        catch (DbException fault) when (IdentityStore.IsDuplicate(fault))
        {
            // Another instance made this generation; the next read finds it.
        }
        CryptographicOperations.ZeroMemory(secret);
    }

    private const string ReadSql = """
        SELECT purpose, generation, body, active_from
          FROM identity_keys
         WHERE accepted_until > @now
         ORDER BY purpose, generation
        """;

    private Task<IReadOnlyList<Row>> ReadAsync(DateTimeOffset now, CancellationToken cancellation) => _store.ListAsync(
        ReadSql,
        reader => new Row(reader.GetString(0), reader.GetInt32(1), (byte[])reader.GetValue(2), IdentityStore.Instant(reader, 3)),
        cancellation,
        ("@now", now));

    private sealed record Row(string Purpose, int Generation, byte[] Body, DateTimeOffset ActiveFrom);

    private sealed record ServerKey(string Purpose, int Generation, X509SecurityKey Key);
}
