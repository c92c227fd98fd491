using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace NationalReferral;

/// <summary>
/// What a reporter takes home: <c>7F3K-2QX-W4M</c>, nine random characters and a check character. It says nothing about
/// anybody, and whoever finds it learns from it no more than how far a report has come.
/// </summary>
public sealed record FollowCode
{
    public const int RandomBits = 45;

    private static readonly SearchValues<char> Characters = SearchValues.Create(CheckedCode.Alphabet);

    private FollowCode(ReadOnlySpan<char> plain) => Text = $"{plain[..4]}-{plain[4..7]}-{plain[7..]}";

    public string Text { get; }

    /// <param name="random">The low <see cref="RandomBits"/> bits are used.</param>
    public static FollowCode Make(ulong random)
    {
        Span<char> plain = stackalloc char[CheckedCode.Length];
        for (var i = 0; i < CheckedCode.Length - 1; i++, random >>= 5)
        {
            plain[i] = CheckedCode.Alphabet[(int)(random & 31)];
        }
        plain[^1] = CheckedCode.CheckOf(plain[..^1]);
        return new(plain);
    }

    /// <summary>As people type it.</summary>
    /// <returns>False when it is no code at all, or the check character does not fit. Nothing says whether anybody holds it.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out FollowCode? code)
    {
        Span<char> plain = stackalloc char[CheckedCode.Length];
        code = CheckedCode.TryRead(text, plain) && !plain.ContainsAnyExcept(Characters) && CheckedCode.CheckOf(plain[..^1]) == plain[^1] ? new(plain) : null;
        return code is not null;
    }

    public override string ToString() => Text;
}

/// <summary>All that a follow-code answers (taxonomy <c>follow_status</c>).</summary>
public enum FollowStatus
{
    Received,
    BeingActedOn,
    Closed,
}

/// <summary>How far a report has come, in three words.</summary>
public static class FollowRules
{
    /// <summary>Of a code that was given for a case.</summary>
    public static FollowStatus StatusOf(bool isCaseOpen) => isCaseOpen ? FollowStatus.BeingActedOn : FollowStatus.Closed;

    /// <param name="isTaken">Somebody has begun to sort it.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="isCaseOpen">Of the case that it led to.</param>
    public static FollowStatus StatusOf(bool isTaken, ReportOutcome? outcome, bool isCaseOpen) =>
        ReportRules.NamesCase(outcome) ? (isCaseOpen ? FollowStatus.BeingActedOn : FollowStatus.Closed)
        : outcome is not null ? FollowStatus.Closed
        : isTaken ? FollowStatus.BeingActedOn
        : FollowStatus.Received;
}
