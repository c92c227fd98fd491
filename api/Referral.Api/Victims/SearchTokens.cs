using System.Text;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A keyed fingerprint as table <c>tokens</c> holds it.</summary>
internal sealed record SearchToken(string Kind, byte[] Token, string KeyVersion);

/// <summary>
/// What a victim can be found by again (design: sealing). Numbers keep the whole fingerprint; that of a name is cut to
/// sixteen bits, so that names collide and the table tells nobody which one it was.
/// </summary>
internal sealed class SearchTokens(IndexKey index)
{
    /// <summary>Kinds of tokens that come from the document identity.</summary>
    public static readonly IReadOnlyList<string> OfIdentity = [Name, FatherName, NationalIdKind];

    /// <summary>Kinds of tokens that come from the document contact.</summary>
    public static readonly IReadOnlyList<string> OfContact = [PhoneKind];

    private const string Name = "name";
    private const string FatherName = "father_name";
    private const string NationalIdKind = "national_id";
    private const string PhoneKind = "phone";
    private const int NameBytes = 2;

    public IReadOnlyList<SearchToken> Of(IdentityRecord identity)
    {
        var nationalId = NationalId.TryParse(identity.NationalId, out var read) ? new[] { read.Digits } : [];
        return
        [
            .. Now(Name, KeysOf(CaseWordsOf.Names(identity))),
            .. Now(FatherName, KeysOf(CaseWordsOf.FatherNames(identity))),
            .. Now(NationalIdKind, nationalId),
        ];
    }

    public IReadOnlyList<SearchToken> Of(ContactRecord contact) => [.. Now(PhoneKind, CaseWordsOf.PhoneEnds(contact).Distinct())];

    /// <summary>What a search asks for: under every generation of the index key that is still at hand.</summary>
    public IReadOnlyList<SearchToken> Asked(CaseSearch asked) =>
    [
        .. index.Versions.SelectMany(version => (IEnumerable<SearchToken>)
        [
            .. Of(Name, NameKeys.Of(asked.Name), version),
            .. Of(FatherName, NameKeys.Of(asked.FatherName), version),
            .. Of(NationalIdKind, asked.NationalId is { } id ? [id.Digits] : [], version),
            .. Of(PhoneKind, asked.PhoneEnd is { } end ? [end] : [], version),
        ]),
    ];

    private IEnumerable<SearchToken> Now(string kind, IEnumerable<string> words) => Of(kind, words, index.Version);

    private IEnumerable<SearchToken> Of(string kind, IEnumerable<string> words, string version) => words
        .Select(word => new SearchToken(kind, Cut(kind, index.Mac($"search/{kind}", Encoding.UTF8.GetBytes(word), version)), version))
        .DistinctBy(token => Convert.ToHexString(token.Token));

    private static byte[] Cut(string kind, byte[] mac) => kind is Name or FatherName ? mac[..NameBytes] : mac;

    private static IEnumerable<string> KeysOf(IEnumerable<string> names) => names.SelectMany(NameKeys.Of).Distinct();
}

/// <summary>What is compared, out of the documents.</summary>
internal static class CaseWordsOf
{
    public static IReadOnlyList<string> Names(IdentityRecord identity) => [.. Written([identity.Name, .. identity.Aliases ?? []])];

    public static IReadOnlyList<string> FatherNames(IdentityRecord identity) => [.. Written([identity.FatherName])];

    public static IReadOnlyList<string> PhoneEnds(ContactRecord contact) => [.. (contact.Phones ?? []).Select(phone => PhoneEnd.Of(phone.Number))];

    /// <param name="identity">Null when it was not opened, or never written.</param>
    /// <param name="contact">Likewise.</param>
    public static CaseWords Of(string caseCode, IdentityRecord? identity, ContactRecord? contact) => new(
        caseCode,
        identity is null ? [] : Names(identity),
        identity is null ? [] : FatherNames(identity),
        NationalId.TryParse(identity?.NationalId, out var id) ? id.Digits : null,
        contact is null ? [] : PhoneEnds(contact));

    private static IEnumerable<string> Written(IEnumerable<NameDraft?> names) => names.SelectMany(name => new[] { name?.Ur, name?.Latin }).OfType<string>();
}
