using Bogus;

namespace NationalReferral;

/// <summary>Names, numbers and addresses of people who do not exist.</summary>
internal sealed class DemoNames
{
    private readonly IReadOnlyList<Part> _girls;
    private readonly IReadOnlyList<Part> _boys;
    private readonly IReadOnlyList<Part> _families;

    public DemoNames()
    {
        var parts = Csv.Rows("name-variants.csv")
            .Select(row => (Kind: row("part"), Sex: row("sex"), Part: new Part(row("urdu"), row("latin_variants").Split('|'))))
            .ToArray();
        _girls = [.. parts.Where(p => p.Kind == "given" && p.Sex == "female").Select(p => p.Part)];
        _boys = [.. parts.Where(p => p.Kind == "given" && p.Sex == "male").Select(p => p.Part)];
        _families = [.. parts.Where(p => p.Kind == "family").Select(p => p.Part)];
    }

    public NameDraft Girl(Randomizer random) => Whole(random, _girls);

    public NameDraft Boy(Randomizer random) => Whole(random, _boys);

    /// <summary>No number of NADRA begins with nine.</summary>
    public static string NationalId(Randomizer random) => $"9{random.ReplaceNumbers("####")}-{random.ReplaceNumbers("#######")}-{random.Int(1, 9)}";

    /// <summary>A prefix of the numbering plan whose network has closed.</summary>
    public static string Phone(Randomizer random) => "+92364" + random.ReplaceNumbers("#######");

    private NameDraft Whole(Randomizer random, IReadOnlyList<Part> given)
    {
        var first = given[random.Int(0, given.Count - 1)];
        var family = _families[random.Int(0, _families.Count - 1)];
        return new NameDraft($"{first.Ur} {family.Ur}", $"{random.ArrayElement(first.Latin)} {random.ArrayElement(family.Latin)}");
    }

    private sealed record Part(string Ur, string[] Latin);
}
