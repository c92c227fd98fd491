using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The code that a survivor takes home. It is told once: whoever asks again gives her another.</summary>
/// <param name="FollowCode">As she types it.</param>
public sealed record CodeView(string FollowCode);

/// <summary>Something that she said by her code.</summary>
/// <param name="Body">Her words and answers.</param>
/// <param name="DueAt">She waits for an answer, until then or since then.</param>
/// <param name="Answer">What became of it; null while nobody has answered.</param>
public sealed record VoiceMessage(
    Guid Id,
    [property: CodeOf("follow_message", Only = ["message", "call_back", "stop", "feedback"])] string Kind,
    DateTimeOffset At,
    FollowBody Body,
    DateTimeOffset? DueAt,
    VoiceAnswer? Answer,
    DateTimeOffset? AnsweredAt);

/// <summary>What became of something that she said.</summary>
/// <param name="Outcome">Of a wish to be called <c>called</c>; of a wish that it stops <c>stopped</c>, <c>partly_stopped</c> or <c>explained</c>; of all else <c>heard</c>.</param>
/// <param name="Words">What was done, or why not; sealed with her key.</param>
public sealed record VoiceAnswer(
    [property: CodeOf("voice_outcome", Only = ["called", "stopped", "partly_stopped", "explained", "heard"])] string Outcome,
    [property: Text(TextRules.Note)] string? Words = null);

/// <summary>The words of an answer as they are kept.</summary>
internal sealed record VoiceWords(string Text) : ISealed
{
    public static int Schema => 1;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CodeView))]
[JsonSerializable(typeof(Page<VoiceMessage>))]
[JsonSerializable(typeof(VoiceMessage))]
[JsonSerializable(typeof(VoiceAnswer))]
[JsonSerializable(typeof(VoiceWords))]
internal sealed partial class VoiceJson : JsonSerializerContext;
