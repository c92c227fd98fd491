using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The code that a reporter was given.</summary>
public sealed record FollowQuery([property: Text(40)] string FollowCode);

/// <summary>All that a code ever answers.</summary>
public sealed record FollowView([property: CodeOf("follow_status")] string Status);

/// <summary>Something that whoever holds the code wants to say.</summary>
/// <param name="Kind">A message, a wish to be called back, or a wish that it stops.</param>
/// <param name="Text">A message has words; of the others they may say when, or why.</param>
public sealed record FollowMessageDraft(
    [property: Text(40)] string FollowCode,
    [property: CodeOf("follow_message", Only = ["message", "call_back", "stop"])] string Kind = "message",
    [property: Text(TextRules.Note)] string? Text = null);

/// <summary>How it went: four questions, each of which can be left out.</summary>
public sealed record FollowFeedbackDraft(
    [property: Text(40)] string FollowCode,
    [property: CodeOf("follow_answer", Only = ["yes", "no", "not_sure"])] string? WasHeard = null,
    [property: CodeOf("follow_answer", Only = ["yes", "no", "not_sure"])] string? WasHelped = null,
    [property: CodeOf("follow_answer", Only = ["yes", "no", "not_sure"])] string? FeltSafe = null,
    [property: CodeOf("follow_answer", Only = ["yes", "no", "not_sure"])] string? WouldAskAgain = null,
    [property: Text(TextRules.Note)] string? Text = null);

/// <summary>That it was sent; the same for a code that nobody holds.</summary>
public sealed record FollowSent(bool Sent);

/// <summary>What came by the code, for those who handle the report.</summary>
public sealed record FollowMessage(
    [property: CodeOf("follow_message", Only = ["message", "call_back", "stop", "feedback"])] string Kind,
    DateTimeOffset At,
    FollowBody Body);

/// <summary>The words and answers of a message, sealed with the report's key.</summary>
public sealed record FollowBody(
    [property: Text(TextRules.Note)] string? Text,
    [property: CodeOf("follow_answer", Only = ["yes", "no", "not_sure"])] string? WasHeard = null,
    [property: CodeOf("follow_answer", Only = ["yes", "no", "not_sure"])] string? WasHelped = null,
    [property: CodeOf("follow_answer", Only = ["yes", "no", "not_sure"])] string? FeltSafe = null,
    [property: CodeOf("follow_answer", Only = ["yes", "no", "not_sure"])] string? WouldAskAgain = null) : ISealed
{
    public static int Schema => 1;
}

/// <summary>The code itself, to be told again when the same request comes twice.</summary>
internal sealed record FollowText(string Code) : ISealed
{
    public static int Schema => 1;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FollowQuery))]
[JsonSerializable(typeof(FollowView))]
[JsonSerializable(typeof(FollowMessageDraft))]
[JsonSerializable(typeof(FollowFeedbackDraft))]
[JsonSerializable(typeof(FollowSent))]
[JsonSerializable(typeof(FollowMessage))]
[JsonSerializable(typeof(FollowBody))]
[JsonSerializable(typeof(FollowText))]
internal sealed partial class FollowJson : JsonSerializerContext;
