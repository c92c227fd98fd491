namespace NationalReferral;

/// <summary>What somebody knows of a person who may have a case already, in one spelling. Any part can be missing.</summary>
public sealed record CaseSearch
{
    private CaseSearch()
    {
    }

    /// <summary>In any script.</summary>
    public string? Name { get; private init; }

    public string? FatherName { get; private init; }

    public CaseCode? CaseCode { get; private init; }

    /// <summary>The last seven digits.</summary>
    public string? PhoneEnd { get; private init; }

    public NationalId? NationalId { get; private init; }

    /// <summary>What was given, for the journal: kinds, never words.</summary>
    public IEnumerable<LikeBecause> Given
    {
        get
        {
            (LikeBecause Kind, bool IsGiven)[] all =
            [
                (LikeBecause.CaseCode, CaseCode is not null), (LikeBecause.NationalId, NationalId is not null), (LikeBecause.Phone, PhoneEnd is not null),
                (LikeBecause.Name, Name is not null), (LikeBecause.FatherName, FatherName is not null),
            ];
            return all.Where(kind => kind.IsGiven).Select(kind => kind.Kind);
        }
    }

    /// <summary>Blank parts count as missing.</summary>
    /// <returns>The search, and which numbers have not the form that they must have.</returns>
    public static (CaseSearch Asked, IReadOnlyList<FieldError> Errors) Read(string? name, string? fatherName, string? caseCode, string? phone, string? cnic)
    {
        var asked = new CaseSearch
        {
            Name = IsGiven(name) ? name : null,
            FatherName = IsGiven(fatherName) ? fatherName : null,
            CaseCode = NationalReferral.CaseCode.TryParse(caseCode, out var code) ? code : null,
            PhoneEnd = NationalReferral.PhoneEnd.TryParse(phone, out var end) ? end : null,
            NationalId = NationalReferral.NationalId.TryParse(cnic, out var nationalId) ? nationalId : null,
        };
        (string Pointer, bool IsWrong)[] numbers =
        [
            ("/caseCode", IsGiven(caseCode) && asked.CaseCode is null), ("/phone", IsGiven(phone) && asked.PhoneEnd is null), ("/cnic", IsGiven(cnic) && asked.NationalId is null),
        ];
        return (asked, [.. numbers.Where(number => number.IsWrong).Select(number => new FieldError(number.Pointer, "wrong_form"))]);
    }

    /// <returns>Null when it can be searched for; else what else would have to be given.</returns>
    public Refusal? Lacking()
    {
        if (CaseCode is not null || PhoneEnd is not null || NationalId is not null || NameKeys.Of(Name).Count > 0 || NameKeys.Of(FatherName).Count > 0)
        {
            return null;
        }
        var common = new[] { (Pointer: "/name", Text: Name), (Pointer: "/fatherName", Text: FatherName) }.Where(name => name.Text is not null);
        return new Refusal(SearchRefusals.NothingToSearchBy)
        {
            Errors = [.. common.Select(name => new FieldError(name.Pointer, "too_common"))],
            Lists = [("give", ["name", "fatherName", "caseCode", "phone", "cnic"])],
        };
    }

    private static bool IsGiven(string? text) => !string.IsNullOrWhiteSpace(text);
}
