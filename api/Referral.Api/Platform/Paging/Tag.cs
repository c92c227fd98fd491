namespace NationalReferral.Platform;

/// <summary>
/// An entity tag: the version of the row plus what the caller can see of it, so that a tag changes when a door opens
/// or shuts, and two callers with different doors have different tags.
/// </summary>
public readonly record struct Tag(string Text)
{
    /// <summary>Of what was never written: a first PUT names it.</summary>
    public static Tag None { get; } = new("\"0\"");

    public static Tag Of(long version) => new($"\"{version}\"");

    public static Tag Of(long version, IEnumerable<string> visible)
    {
        uint print = 2166136261;
        foreach (var letter in string.Join(' ', visible.Order(StringComparer.Ordinal)))
        {
            print = (print ^ letter) * 16777619;
        }
        return new($"\"{version}-{print:x8}\"");
    }

    public override string ToString() => Text;
}
