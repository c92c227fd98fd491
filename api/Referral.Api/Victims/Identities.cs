using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Rules of the document identity.</summary>
internal static class Identities
{
    public static (IdentityRecord Kept, IReadOnlyList<FieldError> Errors) Check(IdentityRecord identity, Districts districts)
    {
        var errors = new List<FieldError>();
        var nationalId = identity.NationalId;
        if (nationalId is not null)
        {
            if (NationalId.TryParse(nationalId, out var read))
            {
                nationalId = read.ToString();
            }
            else
            {
                errors.Add(new FieldError("/nationalId", "wrong_form"));
            }
        }
        var kept = identity with
        {
            Name = Name("/name", identity.Name, errors),
            FatherName = Name("/fatherName", identity.FatherName, errors),
            Aliases = identity.Aliases?.Select((alias, i) => Name($"/aliases/{i}", alias, errors)!).ToArray(),
            NationalId = nationalId,
        };
        return (kept, errors);
    }

    /// <summary>The shell's age follows from the birth, and what she is found by from the names, in the same transaction.</summary>
    public static async Task AfterAsync(Work work, Keys keys, SearchTokens tokens, Guid victimId, IdentityRecord identity, CancellationToken cancellation)
    {
        await Ages.FollowAsync(work, keys, victimId, cancellation);
        await TokenStore.SetAsync(work, victimId, SearchTokens.OfIdentity, tokens.Of(identity), cancellation);
    }

    /// <summary>Each script in its own field, in one spelling (composed, without invisible characters).</summary>
    public static NameDraft? Name(string pointer, NameDraft? name, List<FieldError> errors) =>
        name is null ? null : new NameDraft(
            Part($"{pointer}/ur", name.Ur, NameScript.Ur, errors), Part($"{pointer}/latin", name.Latin, NameScript.Latin, errors));

    private static string? Part(string pointer, string? text, NameScript script, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        if (PersonName.TryParse(text, script, out var name, out var wrong))
        {
            return name.Text;
        }
        errors.Add(new FieldError(pointer, wrong));
        return null;
    }
}

/// <summary>Rules of the document contact.</summary>
internal static class Contacts
{
    public static (ContactRecord Kept, IReadOnlyList<FieldError> Errors) Check(ContactRecord contact, Districts districts)
    {
        var errors = new List<FieldError>();
        if (contact.District is not null && districts.Find(contact.District) is null)
        {
            errors.Add(new FieldError("/district", "unknown_code"));
        }
        var phones = contact.Phones?.Select((phone, i) =>
        {
            if (PhoneNumber.TryParse(phone.Number, out var number))
            {
                return phone with { Number = number.E164 };
            }
            errors.Add(new FieldError($"/phones/{i}/number", "wrong_form"));
            return phone;
        }).ToArray();
        return (contact with { Phones = phones }, errors);
    }

    /// <summary>What she is found by follows from the telephones, and whose law is asked from where she lives, in the same transaction.</summary>
    public static async Task AfterAsync(Work work, Keys keys, SearchTokens tokens, Guid victimId, ContactRecord contact, CancellationToken cancellation)
    {
        await Ages.FollowAsync(work, keys, victimId, cancellation);
        await TokenStore.SetAsync(work, victimId, SearchTokens.OfContact, tokens.Of(contact), cancellation);
    }
}
