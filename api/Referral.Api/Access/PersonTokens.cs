using System.Text;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What a person is recognised by (taxonomy <c>person_mark</c>).</summary>
public enum PersonMark
{
    NationalId,
    Phone,

    /// <summary>The name together with the father's: neither of them alone.</summary>
    NameAndFather,
}

/// <summary>
/// Keyed fingerprints of people who are kept away, and of whoever works here (api/decisions/0016). They are of full length: a
/// block that fell on everybody with half a name alike would blind those who help her.
/// </summary>
internal sealed class PersonTokens(IndexKey index)
{
    /// <param name="nationalId">Null where it is not known; so with the others.</param>
    /// <param name="phones">Each by itself.</param>
    /// <param name="names">A name in its spellings, each with the father's.</param>
    /// <returns>Under every generation of the index key at hand: what was written under an older one is met as well.</returns>
    public IReadOnlyList<SearchToken> Of(NationalId? nationalId, IEnumerable<PhoneNumber> phones, IEnumerable<(string? Name, string? FatherName)> names) =>
    [
        .. index.Versions.SelectMany(version => (IEnumerable<SearchToken>)
        [
            .. Of(PersonMark.NationalId, nationalId is null ? [] : [nationalId.Digits], version),
            .. Of(PersonMark.Phone, phones.Select(phone => phone.E164).Distinct(), version),
            .. Of(PersonMark.NameAndFather, names.Select(pair => Whole(pair.Name, pair.FatherName)).OfType<string>().Distinct(), version),
        ]),
    ];

    /// <returns>Null when one of them says too little.</returns>
    public static string? Whole(string? name, string? fatherName) =>
        NameKeys.Whole(name) is { Length: > 0 } own && NameKeys.Whole(fatherName) is { Length: > 0 } father ? $"{own}/{father}" : null;

    private IEnumerable<SearchToken> Of(PersonMark mark, IEnumerable<string> words, string version) =>
        words.Select(word => new SearchToken(mark.Code(), index.Mac($"block/{mark.Code()}", Encoding.UTF8.GetBytes(word), version), version));
}
