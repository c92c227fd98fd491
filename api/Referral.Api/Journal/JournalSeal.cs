using System.Security.Cryptography;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A signed batch of journal rows, linked to the batch before it.</summary>
internal sealed record JournalSeal
{
    private const long Format = 1;

    /// <summary>What the first seal is linked to.</summary>
    public static readonly byte[] Beginning = new byte[SHA256.HashSizeInBytes];

    /// <summary>1, 2, 3 … without a gap.</summary>
    public required long N { get; init; }

    public required long FromPosition { get; init; }

    public required long ToPosition { get; init; }

    public required byte[] Hash { get; init; }

    public required byte[] Previous { get; init; }

    /// <summary>Id of the key of the rows' MACs.</summary>
    public required string MacKey { get; init; }

    public required byte[] Signature { get; init; }

    public required string SigningKey { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <param name="macs">Of the rows, in the order of their positions; at least one.</param>
    public static JournalSeal Over(IReadOnlyList<byte[]> macs, JournalSeal? previous, string macKey, DateTimeOffset at, JournalKeys keys)
    {
        var from = (previous?.ToPosition ?? 0) + 1;
        var seal = new JournalSeal
        {
            N = (previous?.N ?? 0) + 1,
            FromPosition = from,
            ToPosition = from + macs.Count - 1,
            Hash = [],
            Previous = previous?.Hash ?? Beginning,
            MacKey = macKey,
            Signature = [],
            SigningKey = keys.NewestSigning,
            At = at,
        };
        var hash = seal.HashOver(macs);
        return seal with { Hash = hash, Signature = keys.Sign(seal.SigningKey, hash) };
    }

    /// <summary>SHA-256 over everything the seal says and the MACs of its rows.</summary>
    public byte[] HashOver(IReadOnlyList<byte[]> macs)
    {
        var bytes = new CanonicalBytes()
            .Add(Format).Add(N).Add(FromPosition).Add(ToPosition).Add(Previous).Add(MacKey).Add(SigningKey).Add(At);
        foreach (var mac in macs)
        {
            bytes.Add(mac);
        }
        return SHA256.HashData(bytes.Written);
    }
}
