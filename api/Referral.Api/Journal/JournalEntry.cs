namespace NationalReferral;

/// <summary>What a journal row says beside who and when, which the unit of work knows.</summary>
internal sealed record JournalEntry
{
    /// <summary>One of <see cref="JournalActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary><c>done</c>, or the code of the refusal.</summary>
    public string Outcome { get; init; } = "done";

    public string? SubjectKind { get; init; }

    public Guid? SubjectId { get; init; }

    public Guid? VictimId { get; init; }

    /// <summary>The victim's, as this unit of work left it: orders rows about one victim, together with the position.</summary>
    public long? AccessVersion { get; init; }

    /// <summary>Data groups that were opened or written.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Codes, ids, numbers and instants. Words about a person belong into a sealed change.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>
    /// The row of every 404. An id that does not parse is not repeated: whoever types a name there must not write it
    /// into the journal in the open.
    /// </summary>
    public static JournalEntry Unknown(string subjectKind, string? idAsSent) => Guid.TryParse(idAsSent, out var id)
        ? new() { Action = JournalActions.RefusedUnknown, Outcome = "unknown", SubjectKind = subjectKind, SubjectId = id }
        : new() { Action = JournalActions.RefusedUnknown, Outcome = "unknown", SubjectKind = subjectKind, Facts = [("sent", "unreadable")] };
}
