namespace NationalReferral;

/// <summary>A way in which the system says no. The code is permanent: partners branch on it.</summary>
/// <param name="Code">snake_case, unique in the registry (contracts/problems.md).</param>
/// <param name="Status">HTTP status that carries it.</param>
public sealed record RefusalKind(string Code, int Status);

/// <summary>One thing that is wrong in a body, a query or a header.</summary>
/// <param name="Pointer">JSON pointer into the body (RFC 6901), or the name of the parameter or header.</param>
/// <param name="Code">What is wrong with it: <c>unknown_code</c>, <c>too_long</c>, <c>no_basis</c> …</param>
/// <param name="Allowed">What would have been accepted, where that can be listed.</param>
public sealed record FieldError(string Pointer, string Code, IReadOnlyList<string>? Allowed = null);

/// <summary>Why something was not done: a kind, facts that complete its sentence, and the fields concerned.</summary>
public sealed class Refusal(RefusalKind kind, params (string Name, string Value)[] facts)
{
    public RefusalKind Kind { get; } = kind;

    /// <summary>Codes and ids only; they travel in the answer. Never a member that RFC 9457 names itself.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; } = facts;

    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Lists that belong to the answer, by member name (allowed actions, groups without a basis, suggested services).</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Lists { get; init; } = [];

    public override string ToString() => Kind.Code;
}
