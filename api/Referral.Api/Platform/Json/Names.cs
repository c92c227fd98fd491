namespace NationalReferral.Platform;

/// <summary>Names that others will read: of an agency, a service, a worker, a holiday.</summary>
internal static class Names
{
    /// <summary>422 for a name that says nothing, or reads as what it does not say.</summary>
    public static IEnumerable<FieldError> Check(params (string Pointer, string Text)[] names) =>
        names.Select(name => TextRules.Check(name.Pointer, name.Text, TextRules.Line)).OfType<FieldError>();

    public static Refusal? Fault(params (string Pointer, string Text)[] names) =>
        Check(names).ToArray() is { Length: > 0 } errors ? new Refusal(GeneralRefusals.RuleBroken) { Errors = errors } : null;
}
