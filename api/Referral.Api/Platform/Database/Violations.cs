namespace NationalReferral.Platform;

/// <summary>
/// A unique, foreign-key or check constraint said no. Carries its name only: the provider's text may quote values, and
/// values are personal data.
/// </summary>
internal sealed class ConstraintViolation(string constraintName) : Exception($"The constraint {constraintName} was violated.")
{
    /// <summary><c>foreign_key</c> on SQLite, which does not say which one.</summary>
    public string ConstraintName { get; } = constraintName;

    public bool Is(string name) => string.Equals(ConstraintName, name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The change may not have been stored, and the caller should come back: 503 with Retry-After.</summary>
public sealed class DatabaseUnavailableException(string message) : Exception(message);

/// <summary>A statement failed for a reason that no caller can mend. Code is the provider's number.</summary>
public sealed class DatabaseFaultException(string provider, int code, string explanation)
    : Exception($"{provider} error {code}: {explanation}")
{
    public int Code { get; } = code;
}

/// <summary>Something read in this change is no longer so: the body runs again from the start. Cannot happen on SQLite, where changes do not overlap.</summary>
internal sealed class ChangedMeanwhileException() : Exception("What this change had read was changed meanwhile.");
