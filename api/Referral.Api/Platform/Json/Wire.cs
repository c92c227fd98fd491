namespace NationalReferral.Platform;

/// <summary>The value is a code of a set in taxonomies.json; anything else is 400 <c>unknown_code</c> with the list of codes.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class CodeOfAttribute(string set) : Attribute
{
    public string Set { get; } = set;

    /// <summary>Codes that are accepted beside the set's own.</summary>
    public string[] Also { get; init; } = [];

    /// <summary>The only codes of the set that are accepted here; empty for all.</summary>
    public string[] Only { get; init; } = [];
}

/// <summary>Words that a person wrote: how many characters at most. Strings without it hold at most 200.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TextAttribute(int most) : Attribute
{
    public int Most { get; } = most;
}

/// <summary>How many items a list holds at most; lists without it hold at most 50.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class MostAttribute(int items) : Attribute
{
    public int Items { get; } = items;
}

/// <summary>A number from and to, both included.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class WithinAttribute(double least, double most) : Attribute
{
    public double Least { get; } = least;

    public double Most { get; } = most;
}

/// <summary>A time or date at which something happened: never in the future (422 <c>rule_broken</c>).</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PastAttribute : Attribute;
