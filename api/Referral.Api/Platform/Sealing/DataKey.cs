using System.Security.Cryptography;

namespace NationalReferral.Platform;

/// <summary>A subject's key in the open, for as long as one request works with it. Dispose wipes it.</summary>
public sealed class DataKey : IDisposable
{
    private readonly byte[] _secret;

    internal DataKey(Guid id, byte[] secret) => (Id, _secret) = (id, secret);

    /// <summary>The row in <c>data_keys</c>; goes into the row that holds what this key sealed.</summary>
    public Guid Id { get; }

    internal ReadOnlySpan<byte> Secret => _secret;

    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);
}

/// <summary>A subject's key as the database holds it: sealed by a key-encryption key.</summary>
/// <param name="Id">The row in <c>data_keys</c>.</param>
/// <param name="Kek">The id of the key-encryption key that opens it.</param>
/// <param name="Wrapped">Empty once the key was destroyed: nothing sealed by it opens again.</param>
public readonly record struct WrappedKey(Guid Id, string Kek, byte[] Wrapped);

/// <summary>
/// A row that brings its key along: the SELECT joins <c>data_keys k</c> and names <see cref="Keys.Columns"/>.
/// No key is cached, so that erasure needs no message to other instances.
/// </summary>
public abstract record SealedRow
{
    public required Guid KeyId { get; init; }

    public required string KeyKek { get; init; }

    public required byte[] KeyWrapped { get; init; }

    public WrappedKey Key => new(KeyId, KeyKek, KeyWrapped);
}
