using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Which members each kind of item takes, and which it needs.</summary>
internal static class ItemKinds
{
    /// <summary>The data group of what happened to her and what was seen; her people are of another one.</summary>
    public const string Group = "protection";

    public const string Relation = "relation";

    public const string Plan = "plan";
    public const string Visit = "visit";
    public const string CriticalIncident = "critical_incident";
    public const string Attachment = "attachment";
    public const string Incident = "incident";
    public const string AgeEvidence = "age_evidence";
    public const string OtherDocument = "other_document";

    /// <summary>To which data group an item belongs: with it, it can be opened to others.</summary>
    public static string GroupOf(string kind, Item item) => kind switch
    {
        Relation => "family",
        AgeEvidence => "legal",
        Attachment => GroupOfFile(item.Shows),
        _ => Group,
    };

    /// <summary>What a file shows is as secret as the same thing in words.</summary>
    private static string GroupOfFile(string? shows) => shows switch
    {
        "identity_document" or "birth_certificate" or "school_certificate" or "photo" => "identity",
        "medical_report" or "medico_legal_certificate" => "health",
        "consent_form" or "court_order" or "fir" or "statement" or "age_decision" or "release_certificate" => "legal",
        _ => Group,
    };

    /// <summary>What an item of evidence says of her age.</summary>
    public static AgeProof ProofOf(SealedRecord record, Keys keys)
    {
        var item = keys.Open(record.Key, record.Body, record.Place, VictimJson.Default.Item);
        return new AgeProof(record.Id, item.Evidence!, item.BornOn is { } born
            ? Age.Documented(born, item.Evidence)
            : Age.About(item.Years!.Value, Karachi.DateOf(record.At), item.Evidence, item.Least, item.Most));
    }

    public static IReadOnlyList<FieldError> Check(string kind, Item item, Districts districts)
    {
        var errors = new List<FieldError>();
        Only(kind == Incident, errors,
            ("types", item.Types), ("means", item.Means), ("industry", item.Industry), ("placeKind", item.PlaceKind), ("district", item.District),
            ("from", item.From), ("to", item.To));
        Only(kind == "screening", errors, ("indicators", item.Indicators));
        Only(kind == Relation, errors, ("relation", item.Relation), ("claims", item.Claims), ("checkedBy", item.CheckedBy), ("checkedOn", item.CheckedOn), ("conflict", item.Conflict));
        Only(kind == Plan, errors, ("goals", item.Goals), ("reviewOn", item.ReviewOn));
        Only(kind == Visit, errors, ("visit", item.Visit), ("findings", item.Findings));
        Only(kind == CriticalIncident, errors, ("happened", item.Happened));
        Only(kind == Attachment, errors, ("shows", item.Shows));
        Only(kind == AgeEvidence, errors, ("evidence", item.Evidence), ("bornOn", item.BornOn), ("years", item.Years), ("least", item.Least), ("most", item.Most));
        var missing = kind switch
        {
            Incident when item.Types is not { Count: > 0 } => "types",
            "screening" when item.Indicators is null => "indicators",
            Relation when item.Relation is null => "relation",
            "note" or Relation when string.IsNullOrWhiteSpace(item.Text) => "text",
            Plan when item.Goals is not { Count: > 0 } => "goals",
            Visit when item.Visit is null => "visit",
            CriticalIncident when item.Happened is null => "happened",
            Attachment when item.Shows is null => "shows",
            AgeEvidence when item.Evidence is null => "evidence",
            AgeEvidence when item.BornOn is null && item.Years is null => "bornOn",
            _ => null,
        };
        if (missing is not null)
        {
            errors.Add(new FieldError($"/body/{missing}", "missing"));
        }
        if (item.CheckedBy is null != item.CheckedOn is null)
        {
            errors.Add(new FieldError(item.CheckedBy is null ? "/body/checkedBy" : "/body/checkedOn", "missing"));
        }
        if (item.BornOn is not null)
        {
            Only(false, errors, ("years", item.Years), ("least", item.Least), ("most", item.Most));
        }
        if (item.Least > item.Years || item.Most < item.Years)
        {
            errors.Add(new FieldError(item.Least > item.Years ? "/body/least" : "/body/most", "out_of_range"));
        }
        if (item.From > item.To)
        {
            errors.Add(new FieldError("/body/to", "out_of_range"));
        }
        if (item.District is not null && districts.Find(item.District) is null)
        {
            errors.Add(new FieldError("/body/district", "unknown_code"));
        }
        return errors;
    }

    private static void Only(bool takes, List<FieldError> errors, params (string Member, object? Value)[] members)
    {
        if (!takes)
        {
            errors.AddRange(members.Where(one => one.Value is not null).Select(one => new FieldError($"/body/{one.Member}", "not_taken")));
        }
    }
}
