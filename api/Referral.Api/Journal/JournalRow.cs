using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A journal row with every column, as sealer and verifier read it.</summary>
internal sealed record JournalRow
{
    private const long Format = 1;

    public required Guid Id { get; init; }

    public required long? Position { get; init; }

    public required DateTimeOffset At { get; init; }

    public required long? AccessVersion { get; init; }

    public required Guid? WorkerId { get; init; }

    public required Guid? ClientId { get; init; }

    public required Guid? AgencyId { get; init; }

    public required string Role { get; init; }

    public required string Action { get; init; }

    public required string Outcome { get; init; }

    public required string? SubjectKind { get; init; }

    public required Guid? SubjectId { get; init; }

    public required Guid? VictimId { get; init; }

    public required string? Groups { get; init; }

    public required string? Facts { get; init; }

    public required byte[]? Change { get; init; }

    public required Guid? KeyId { get; init; }

    public required byte[]? RowHash { get; init; }

    /// <summary>Every column but the MAC itself, and the position that the row has or is to have.</summary>
    public byte[] Mac(JournalKeys keys, string keyId, long position) => keys.Mac(keyId, new CanonicalBytes()
        .Add(Format).Add(Id).Add(position).Add(At).Add(AccessVersion)
        .Add(WorkerId).Add(ClientId).Add(AgencyId).Add(Role).Add(Action).Add(Outcome)
        .Add(SubjectKind).Add(SubjectId).Add(VictimId).Add(Groups).Add(Facts).Add(Change).Add(KeyId)
        .Written);
}
