using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What may be said of an agency, and by whom.</summary>
internal static class AgencyRules
{
    public static bool IsSystemAdmin(Caller caller) => caller.Roles.Contains(Role.SystemAdmin.Code());

    /// <summary>A system administrator governs all; an administrator his own unit and those below.</summary>
    public static bool Governs(Caller caller, Agency agency) => agency.IsOwn || IsSystemAdmin(caller);

    /// <summary>400 for codes that are none.</summary>
    public static Refusal? Unread(Districts districts, string? province, string? district) =>
        districts.Fault("/district", district) ?? districts.ProvinceFault("/province", province);

    public static async Task<Refusal?> CheckAsync(Work work, AgencyDraft draft, CancellationToken cancellation)
    {
        var errors = Contradictions(draft.NameEn, draft.NameUr, draft.Province, draft.District, draft.Confidential, draft.Lat, draft.Lon);
        if (errors.Count > 0)
        {
            return new Refusal(GeneralRefusals.RuleBroken) { Errors = errors };
        }
        if (draft.ParentId is not { } parentId)
        {
            return IsSystemAdmin(work.Caller) ? null : Broken(new FieldError("/parentId", "outside_own_agency"));
        }
        return await AgencyStore.FindParentAsync(work, parentId, cancellation) switch
        {
            null => Broken(new FieldError("/parentId", "unknown_reference")),
            false when !IsSystemAdmin(work.Caller) => Broken(new FieldError("/parentId", "outside_own_agency")),
            _ => null,
        };
    }

    /// <summary>Consent can name a kind of agency as recipient, so an agency does not choose its own kind anew.</summary>
    public static Refusal? Check(Caller caller, Agency agency, AgencyChange change)
    {
        var errors = Contradictions(change.NameEn, change.NameUr, change.Province, change.District, change.Confidential, change.Lat, change.Lon);
        if (!IsSystemAdmin(caller))
        {
            if (change.Kind != agency.Kind)
            {
                errors.Add(new FieldError("/kind", "system_admin_only"));
            }
            if (change.HasAccount != agency.HasAccount)
            {
                errors.Add(new FieldError("/hasAccount", "system_admin_only"));
            }
        }
        if (agency is { Confidential: true, IsOwn: false } && !change.Confidential)
        {
            errors.Add(new FieldError("/confidential", "outside_own_agency"));
        }
        return errors.Count > 0 ? new Refusal(GeneralRefusals.RuleBroken) { Errors = errors } : null;
    }

    public static Agency New(Guid id, AgencyDraft draft) => new()
    {
        Id = id,
        ParentId = draft.ParentId,
        Kind = draft.Kind,
        NameEn = draft.NameEn,
        NameUr = draft.NameUr,
        Province = draft.District is null ? draft.Province : Districts.ProvinceOf(draft.District),
        District = draft.District,
        Status = "active",
        HasAccount = draft.HasAccount,
        Confidential = draft.Confidential,
        Helpline = draft.Helpline,
        Lat = draft.Lat,
        Lon = draft.Lon,
        Calendar = draft.Calendar,
        Version = 1,
        IsOwn = false,
    };

    public static Agency Changed(Agency agency, AgencyChange change)
    {
        var keepsPlace = !agency.ShowsPlace && change.District is null;
        return agency with
        {
            Kind = change.Kind,
            NameEn = change.NameEn,
            NameUr = change.NameUr,
            District = keepsPlace ? agency.District : change.District,
            Province = keepsPlace ? agency.Province : change.District is null ? change.Province : Districts.ProvinceOf(change.District),
            HasAccount = change.HasAccount,
            Confidential = change.Confidential,
            Helpline = change.Helpline,
            Lat = change.Lat,
            Lon = change.Lon,
            Calendar = change.Calendar,
        };
    }

    private static List<FieldError> Contradictions(
        string nameEn, string nameUr, string? province, string? district, bool confidential, double? lat, double? lon)
    {
        var errors = Names.Check(("/nameEn", nameEn), ("/nameUr", nameUr)).ToList();
        if (district is not null && province is not null && Districts.ProvinceOf(district) != province)
        {
            errors.Add(new FieldError("/province", "not_offered", [Districts.ProvinceOf(district)]));
        }
        if (confidential && (lat ?? lon) is not null)
        {
            errors.Add(new FieldError(lat is null ? "/lon" : "/lat", "not_taken"));
        }
        else if (lat is null != lon is null)
        {
            errors.Add(new FieldError(lat is null ? "/lat" : "/lon", "missing"));
        }
        return errors;
    }

    private static Refusal Broken(FieldError error) => new(GeneralRefusals.RuleBroken) { Errors = [error] };
}
