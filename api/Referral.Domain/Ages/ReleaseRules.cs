using System.Globalization;

namespace NationalReferral;

/// <summary>How a new release of law data comes of the one before it.</summary>
public static class ReleaseRules
{
    /// <summary>
    /// All that the release before holds, with what is said anew of some and what is new: nothing goes missing, for past answers name it.
    /// </summary>
    /// <param name="before">The newest that is approved.</param>
    /// <param name="number">Of the new one.</param>
    /// <param name="instruments">Those that change, whole, and new ones: an id that is known is said anew.</param>
    /// <param name="rules">The same of rules.</param>
    /// <param name="jurisdictions">ISO 3166-2 of the provinces and territories; <c>PK</c> and <c>INT</c> count besides.</param>
    /// <param name="after">Null where there are faults.</param>
    /// <returns>JSON pointers with <c>wrong_form</c>, <c>named_twice</c>, <c>not_found</c>, <c>wrong_order</c> or <c>nothing_new</c>; none when it may be proposed.</returns>
    public static IReadOnlyList<FieldError> Follow(
        LawRelease before, int number, IReadOnlyList<LawInstrument> instruments, IReadOnlyList<AgeRule> rules, IReadOnlySet<string> jurisdictions, out LawRelease? after)
    {
        after = null;
        var laws = Merged(before.Instruments, instruments, one => one.Id);
        var known = laws.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        bool IsPlace(string place) => place is LawRelease.Federation or LawRelease.Treaties || jurisdictions.Contains(place);
        List<FieldError> faults =
        [
            .. Where("instruments", "id", "wrong_form", instruments, one => !IsId(one.Id, one.Jurisdiction)),
            .. Where("instruments", "inForceFrom", "wrong_form", instruments, one => !IsDay(one.From)),
            .. Where("instruments", "inForceTo", "wrong_form", instruments, one => !IsDay(one.To)),
            .. Where("rules", "id", "wrong_form", rules, rule => !IsId(rule.Id, rule.Jurisdiction)),
            .. Twice("instruments", instruments.Select(one => one.Id)),
            .. Twice("rules", rules.Select(rule => rule.Id)),
            .. Where("instruments", "jurisdiction", "not_found", instruments, one => !IsPlace(one.Jurisdiction)),
            .. Where("rules", "jurisdiction", "not_found", rules, rule => !IsPlace(rule.Jurisdiction)),
            .. Where("rules", "instrumentId", "not_found", rules, rule => !known.Contains(rule.InstrumentId)),
            .. Where("rules", "to", "wrong_order", rules, rule => rule.To <= rule.From),
        ];
        if (faults.Count == 0 && instruments.All(before.Instruments.Contains) && rules.All(before.Rules.Contains))
        {
            faults.Add(new FieldError("", "nothing_new"));
        }
        after = faults.Count == 0 ? new LawRelease(number, laws, Merged(before.Rules, rules, rule => rule.Id)) : null;
        return faults;
    }

    /// <summary>As the ids of the first release: the jurisdiction, and then words of small letters and digits, with dashes between them.</summary>
    private static bool IsId(string id, string jurisdiction) =>
        id.StartsWith($"{jurisdiction.ToLowerInvariant()}-", StringComparison.Ordinal)
        && id.Split('-').All(word => word.Length > 0 && word.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)));

    /// <summary>A year, a month or a day; null where nothing is known. The first release says nothing as an empty text.</summary>
    private static bool IsDay(string? text) => text is null or "" || Forms.Any(form => DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    private static readonly string[] Forms = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    private static IReadOnlyList<T> Merged<T>(IReadOnlyList<T> before, IReadOnlyList<T> now, Func<T, string> id)
    {
        var anew = now.Select(id).ToHashSet(StringComparer.Ordinal);
        return [.. before.Where(one => !anew.Contains(id(one))), .. now];
    }

    private static IEnumerable<FieldError> Twice(string list, IEnumerable<string> ids) =>
        ids.Select((id, at) => (id, at)).GroupBy(one => one.id).SelectMany(same => same.Skip(1)).Select(one => new FieldError($"/{list}/{one.at}/id", "named_twice"));

    private static IEnumerable<FieldError> Where<T>(string list, string member, string code, IReadOnlyList<T> all, Func<T, bool> isWrong) =>
        all.Select((one, at) => (one, at)).Where(each => isWrong(each.one)).Select(each => new FieldError($"/{list}/{each.at}/{member}", code));
}
