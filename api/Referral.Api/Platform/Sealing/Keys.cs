using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace NationalReferral.Platform;

/// <summary>
/// One data key per subject (a victim, a report, a worker …), kept in the database under a key-encryption key that is
/// not. Destroying it is how a subject is forgotten.
/// </summary>
public sealed class Keys(KeyRing kek)
{
    /// <summary>Select list of a <see cref="SealedRow"/>; the text joins <c>data_keys k</c>.</summary>
    public const string Columns = "k.id AS key_id, k.kek AS key_kek, k.wrapped AS key_wrapped";

    private const int RewrapBatch = 200;

    private const string CreateSql = """
        INSERT INTO data_keys (id, subject_kind, subject_id, wrapped, kek, created_at)
        VALUES (@id, @subjectKind, @subjectId, @wrapped, @kek, @now)
        """;

    /// <summary>The subject's key, new and already open, for sealing what is written with it.</summary>
    public async Task<DataKey> CreateAsync(Work work, string subjectKind, Guid subjectId, CancellationToken cancellation)
    {
        var key = new DataKey(Ids.New(work.Now), KeySource.Symmetric());
        var wrapped = Wrap(key);
        await work.ExecuteAsync(CreateSql, new { id = key.Id, subjectKind, subjectId, wrapped = wrapped.Wrapped, kek = wrapped.Kek }, cancellation);
        return key;
    }

    /// <summary>A key that nothing opens again: for what is sealed only so that it takes as long as what is kept.</summary>
    public static DataKey Unkept() => new(Guid.Empty, KeySource.Symmetric());

    private const string FindSql = """
        SELECT k.id, k.kek, k.wrapped
          FROM data_keys k
         WHERE k.subject_id = @subjectId
           AND k.subject_kind = @subjectKind
           AND k.destroyed_at IS NULL
        """;

    /// <returns>Null when the subject has no key, or no longer has one.</returns>
    public static async Task<WrappedKey?> FindAsync(Work work, string subjectKind, Guid subjectId, CancellationToken cancellation) =>
        await work.FirstOrNoneAsync<WrappedRow>(FindSql, new { subjectKind, subjectId }, cancellation) is { } row
            ? new WrappedKey(row.Id, row.Kek, row.Wrapped)
            : null;

    /// <summary>The key of a victim who is there: for words that are about to be written of her.</summary>
    /// <exception cref="InvalidOperationException">She was erased.</exception>
    public static async Task<WrappedKey> OfVictimAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        await FindAsync(work, "victim", victimId, cancellation)
            ?? throw new InvalidOperationException($"Victim {victimId} has no key: she was erased.");

    /// <exception cref="SealBrokenException">The key was destroyed, or the row was changed by somebody without the key-encryption key.</exception>
    public DataKey Unwrap(WrappedKey wrapped)
    {
        try
        {
            return new(wrapped.Id, Envelope.Open(kek.Find(wrapped.Kek).Secret, wrapped.Wrapped, Place(wrapped.Id, wrapped.Kek).Written));
        }
        catch (CryptographicException fault)
        {
            throw new SealBrokenException($"Data key {wrapped.Id} does not open: destroyed or changed.", fault);
        }
    }

    public byte[] Seal<T>(DataKey key, SealedPlace place, T value, JsonTypeInfo<T> type) where T : ISealed
    {
        var text = SealedJson.Write(value, type);
        var bytes = SealBytes(key, place, text);
        CryptographicOperations.ZeroMemory(text);
        return bytes;
    }

    public byte[] Seal<T>(WrappedKey wrapped, SealedPlace place, T value, JsonTypeInfo<T> type) where T : ISealed
    {
        using var key = Unwrap(wrapped);
        return Seal(key, place, value, type);
    }

    /// <exception cref="SealBrokenException">Other key, other place, or changed bytes.</exception>
    public T Open<T>(DataKey key, byte[] bytes, SealedPlace place, JsonTypeInfo<T> type) where T : ISealed
    {
        var text = OpenBytes(key, bytes, place);
        try
        {
            return SealedJson.Read(text, type);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <inheritdoc cref="Open{T}(DataKey, byte[], SealedPlace, JsonTypeInfo{T})"/>
    public T Open<T>(WrappedKey wrapped, byte[] bytes, SealedPlace place, JsonTypeInfo<T> type) where T : ISealed
    {
        using var key = Unwrap(wrapped);
        return Open(key, bytes, place, type);
    }

    /// <summary>For what is no JSON: the pieces of an attachment.</summary>
    public static byte[] SealBytes(DataKey key, SealedPlace place, ReadOnlySpan<byte> plain) =>
        Envelope.Seal(key.Secret, plain, place.Bytes(key.Id).Written);

    /// <inheritdoc cref="Open{T}(DataKey, byte[], SealedPlace, JsonTypeInfo{T})"/>
    public static byte[] OpenBytes(DataKey key, ReadOnlySpan<byte> bytes, SealedPlace place)
    {
        try
        {
            return Envelope.Open(key.Secret, bytes, place.Bytes(key.Id).Written);
        }
        catch (CryptographicException fault)
        {
            throw new SealBrokenException($"{place.Table} {place.RowId} ({place.Group}, version {place.Version}) does not open with key {key.Id}.", fault);
        }
    }

    private const string OlderSql = """
        SELECT k.id, k.kek, k.wrapped
          FROM data_keys k
         WHERE k.kek <> @newest
           AND k.destroyed_at IS NULL
         ORDER BY k.id
        """;

    private const string RewrapSql = """
        UPDATE data_keys
           SET wrapped = @wrapped, kek = @kek
         WHERE id = @id
           AND kek = @before
           AND destroyed_at IS NULL
        """;

    /// <summary>
    /// Wraps every data key anew under the newest key-encryption key, in short units of work; what they sealed is not
    /// touched. Afterwards an older key-encryption key can leave the file, unless a backup still needs it.
    /// </summary>
    /// <returns>How many were wrapped anew.</returns>
    public async Task<int> RewrapAsync(Database database, CancellationToken cancellation)
    {
        var total = 0;
        while (true)
        {
            var batch = await database.ChangeAsync(Caller.System, work => RewrapBatchAsync(work, cancellation), _ => true, cancellation);
            total += batch;
            if (batch == 0)
            {
                return total;
            }
        }
    }

    private async Task<int> RewrapBatchAsync(Work work, CancellationToken cancellation)
    {
        var older = await work.PageAsync<WrappedRow>(OlderSql, new { newest = kek.Newest.Id }, RewrapBatch, cancellation);
        foreach (var row in older)
        {
            using var key = Unwrap(new(row.Id, row.Kek, row.Wrapped));
            var anew = Wrap(key);
            await work.ExecuteAsync(RewrapSql, new { id = row.Id, before = row.Kek, wrapped = anew.Wrapped, kek = anew.Kek }, cancellation);
        }
        return older.Count;
    }

    /// <summary>For the few secrets that belong to no subject (signing keys, protection keys): sealed under the newest key-encryption key, whose id goes in front.</summary>
    public byte[] SealSecret(string purpose, ReadOnlySpan<byte> secret)
    {
        var newest = kek.Newest;
        var id = Encoding.UTF8.GetBytes(newest.Id);
        return [(byte)id.Length, .. id, .. Envelope.Seal(newest.Secret, secret, SecretPlace(purpose, newest.Id).Written)];
    }

    /// <exception cref="CryptographicException">Changed, or sealed for another purpose.</exception>
    public byte[] OpenSecret(string purpose, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || bytes.Length <= bytes[0])
        {
            throw new CryptographicException("A sealed secret is cut short.");
        }
        var id = Encoding.UTF8.GetString(bytes.Slice(1, bytes[0]));
        return Envelope.Open(kek.Find(id).Secret, bytes[(1 + bytes[0])..], SecretPlace(purpose, id).Written);
    }

    private static CanonicalBytes SecretPlace(string purpose, string kekId) => new CanonicalBytes().Add("secrets").Add(purpose).Add(kekId);

    private WrappedKey Wrap(DataKey key)
    {
        var newest = kek.Newest;
        return new(key.Id, newest.Id, Envelope.Seal(newest.Secret, key.Secret, Place(key.Id, newest.Id).Written));
    }

    private static CanonicalBytes Place(Guid keyId, string kekId) => new CanonicalBytes().Add("data_keys").Add(keyId).Add(kekId);

    private sealed record WrappedRow
    {
        public required Guid Id { get; init; }

        public required string Kek { get; init; }

        public required byte[] Wrapped { get; init; }
    }
}

/// <summary>Something sealed does not open. Names the row, never what was in it.</summary>
public sealed class SealBrokenException(string message, Exception cause) : Exception(message, cause);
