using System.Collections.Frozen;

namespace NationalReferral.Platform;

/// <summary>
/// Who acts: one worker in one membership, one partner client, or the system itself. Unit, roles and scopes come
/// from the database on each request, never from a token (design: access).
/// </summary>
public sealed record Caller
{
    /// <summary>The worker's id for a worker, the login's id for a partner client.</summary>
    public required Guid PrincipalId { get; init; }

    public Guid? WorkerId { get; init; }

    /// <summary>The login's id when a partner system acts.</summary>
    public Guid? ClientId { get; init; }

    /// <summary>The agency, or unit of one, that the caller acts in.</summary>
    public required Guid UnitId { get; init; }

    /// <summary>True for a supervisor: grants to supervisors reach every unit below theirs.</summary>
    public bool Supervises { get; init; }

    public IReadOnlySet<string> Roles { get; init; } = FrozenSet<string>.Empty;

    public IReadOnlySet<string> Scopes { get; init; } = FrozenSet<string>.Empty;

    /// <summary>When a worker last proved who they are, by password and not by being remembered; null: not known, or a partner system.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    public bool IsClient => ClientId is not null;

    /// <summary>By role for a worker, by scope for a client.</summary>
    public bool May(Permission permission) => IsClient ? permission.AllowsClient(Scopes) : permission.AllowsWorker(Roles);

    /// <summary>Jobs and start-up; sees nothing through grants.</summary>
    public static Caller System { get; } = new() { PrincipalId = Guid.Empty, UnitId = Guid.Empty };
}
