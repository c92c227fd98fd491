using System.Collections.Frozen;
using System.Text.Json;

namespace NationalReferral;

/// <summary>One code of a set, with its names by language (<c>en</c> and <c>ur</c> always).</summary>
public sealed record TaxonomyCode(string Code, IReadOnlyDictionary<string, string> Labels, string? DefinitionEn, bool Retired);

/// <summary>One code list of the product.</summary>
public sealed record Taxonomy(string Name, string Version, IReadOnlyDictionary<string, string> Title, IReadOnlyList<TaxonomyCode> Codes);

/// <summary>Every code list, read once from the embedded taxonomies.json (sources and licences: Reference/sources.md).</summary>
public sealed class Taxonomies
{
    private readonly FrozenDictionary<string, Taxonomy> _sets;
    private readonly FrozenDictionary<string, IReadOnlyList<string>> _offered;

    public Taxonomies()
    {
        using var stream = ReferenceFiles.Open("taxonomies.json");
        using var document = JsonDocument.Parse(stream);
        Version = document.RootElement.GetProperty("version").GetString()!;
        _sets = document.RootElement.GetProperty("sets").EnumerateObject().ToFrozenDictionary(set => set.Name, set => Read(set, Version));
        _offered = _sets.ToFrozenDictionary(
            set => set.Key, set => (IReadOnlyList<string>)[.. set.Value.Codes.Where(code => !code.Retired).Select(code => code.Code)]);
    }

    public string Version { get; }

    public IReadOnlyCollection<string> Names => _sets.Keys;

    public Taxonomy? Find(string name) => _sets.GetValueOrDefault(name);

    /// <summary>The codes that can be written; a retired one can only be read.</summary>
    public IReadOnlyList<string> Codes(string set) => _offered[set];

    private static Taxonomy Read(JsonProperty set, string version) => new(
        set.Name, version, Texts(set.Value.GetProperty("title")),
        [.. set.Value.GetProperty("codes").EnumerateArray().Select(code => new TaxonomyCode(
            code.GetProperty("code").GetString()!,
            Texts(code.GetProperty("labels")),
            code.TryGetProperty("definition_en", out var definition) ? definition.GetString() : null,
            code.GetProperty("retired").GetBoolean()))]);

    private static FrozenDictionary<string, string> Texts(JsonElement texts) =>
        texts.EnumerateObject().ToFrozenDictionary(text => text.Name, text => text.Value.GetString()!);
}

/// <summary>The files of the folder Reference, embedded in the program.</summary>
public static class ReferenceFiles
{
    public static Stream Open(string name) => typeof(ReferenceFiles).Assembly.GetManifestResourceStream(name)
        ?? throw new FileNotFoundException("This reference file is not part of the build.", name);
}
