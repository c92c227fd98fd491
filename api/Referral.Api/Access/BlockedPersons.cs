namespace NationalReferral;

/// <summary>Somebody who is no worker yet, as whoever keeps him away describes him.</summary>
internal static class BlockedPersons
{
    /// <returns>What is wrong; nothing when he can be recognised by it.</returns>
    public static IEnumerable<FieldError> Faults(BlockedPerson person)
    {
        if (person is { NationalId: null, Phone: null, Name: null, FatherName: null })
        {
            yield return new("/person/nationalId", "required");
        }
        if (person.NationalId is not null && !NationalId.TryParse(person.NationalId, out _))
        {
            yield return new("/person/nationalId", "wrong_form");
        }
        if (person.Phone is not null && !PhoneNumber.TryParse(person.Phone, out _))
        {
            yield return new("/person/phone", "wrong_form");
        }
        foreach (var (pointer, name, other) in new[] { ("/person/name", person.Name, person.FatherName), ("/person/fatherName", person.FatherName, person.Name) })
        {
            if (name is null && other is not null)
            {
                yield return new(pointer, "required");
            }
            else if (name is not null && NameKeys.Whole(name).Length == 0)
            {
                yield return new(pointer, "wrong_form");
            }
        }
    }

    /// <param name="person">Without faults; null: none.</param>
    public static IReadOnlyList<SearchToken> Marks(PersonTokens tokens, BlockedPerson? person) => person is null ? [] : tokens.Of(
        NationalId.TryParse(person.NationalId, out var id) ? id : null,
        PhoneNumber.TryParse(person.Phone, out var phone) ? [phone] : [],
        [(person.Name, person.FatherName)]);
}
