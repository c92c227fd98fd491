using System.Text.Json;
using System.Text.RegularExpressions;

namespace NationalReferral.Platform;

/// <summary>Thrown at the edge only, by what reads a request; becomes 400 <c>unreadable</c> with the place named.</summary>
public sealed class UnreadableException(params FieldError[] errors) : Exception("The request cannot be read.")
{
    public IReadOnlyList<FieldError> Errors { get; } = errors;

    public static UnreadableException At(string pointer, string code, IReadOnlyList<string>? allowed = null) =>
        new(new FieldError(pointer, code, allowed));
}

/// <summary>Says where the framework failed to read a request, without repeating what stood there.</summary>
internal static partial class UnreadableRequest
{
    public static Refusal From(BadHttpRequestException fault)
    {
        if (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new Refusal(GeneralRefusals.TooLarge);
        }
        if (fault.StatusCode == StatusCodes.Status415UnsupportedMediaType)
        {
            return new Refusal(GeneralRefusals.WrongMediaType);
        }
        return new Refusal(GeneralRefusals.Unreadable) { Errors = [fault.InnerException is JsonException json ? At(json) : At(fault)] };
    }

    public static FieldError At(JsonException fault)
    {
        var message = fault.Message;
        if (Unmapped().Match(message) is { Success: true } unmapped)
        {
            return new FieldError($"{Parent(fault.Path)}/{Escape(unmapped.Groups[1].Value)}", "unknown_member");
        }
        if (Missing().Match(message) is { Success: true } missing)
        {
            var name = missing.Groups[1].Value.Split(',')[0].Trim().Trim('\'');
            return new FieldError($"{Pointer(fault.Path)}/{Escape(name)}", "missing");
        }
        if (message.Contains("Duplicate property", StringComparison.Ordinal))
        {
            return new FieldError(Pointer(fault.Path), "duplicate_member");
        }
        return new FieldError(Pointer(fault.Path), fault.InnerException is JsonException || fault.Path is null or "$" ? "syntax" : "wrong_type");
    }

    private static FieldError At(BadHttpRequestException fault) =>
        Parameter().Match(fault.Message) is { Success: true } match
            ? new FieldError(match.Groups[1].Value, fault.Message.StartsWith("Required", StringComparison.Ordinal) ? "missing" : "wrong_type")
            : new FieldError(string.Empty, "syntax");

    /// <summary>From <c>$.a[0]['x.y']</c> to <c>/a/0/x.y</c> (RFC 6901).</summary>
    internal static string Pointer(string? path)
    {
        var pointer = new System.Text.StringBuilder();
        foreach (Match step in Step().Matches(path ?? string.Empty))
        {
            pointer.Append('/').Append(Escape(step.Groups[1].Success ? step.Groups[1].Value : step.Groups[2].Success ? step.Groups[2].Value : step.Groups[3].Value));
        }
        return pointer.ToString();
    }

    private static string Parent(string? path)
    {
        var pointer = Pointer(path);
        var cut = pointer.LastIndexOf('/');
        return cut < 0 ? string.Empty : pointer[..cut];
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    [GeneratedRegex(@"The JSON property '(.*)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex(@"was missing required properties including: (.+?)\.?$")]
    private static partial Regex Missing();

    [GeneratedRegex("parameter \"[^\" ]+ ([^\"]+)\"")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\['([^']*)'\]|\[(\d+)\]|\.([^.\[]+)")]
    private static partial Regex Step();
}
