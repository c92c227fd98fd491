using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Who a worker is, beside the name that others see: sealed with his own key, and read by nobody. What it is for is to recognise him.</summary>
internal sealed record WorkerPerson(string? NationalId, string? Phone, string? FatherName) : ISealed
{
    public static int Schema => 1;

    public static WorkerPerson Empty { get; } = new(null, null, null);

    public static SealedPlace PlaceOf(Guid id) => new("workers", id, "person", 1);
}

/// <summary>The public verb of who a worker is; what follows for blocks is <see cref="PersonBlocks"/>'.</summary>
internal sealed class WorkerPersons(Keys keys, PersonTokens tokens)
{
    private const string FindSql = """
        SELECT w.id, w.display_name, w.person, w.profile, k.id AS key_id, k.kek AS key_kek, k.wrapped AS key_wrapped
          FROM workers w
          LEFT JOIN data_keys k ON k.id = w.key_id AND k.destroyed_at IS NULL
         WHERE w.id = @id
        """;

    private const string SaveSql = """
        UPDATE workers
           SET person = @person, key_id = @keyId
         WHERE id = @id
        """;

    /// <returns>What is wrong; null when <paramref name="read"/> can be saved.</returns>
    public static Refusal? Read(WorkerChange change, out WorkerPerson? read)
    {
        read = null;
        if (change is { NationalId: null, Phone: null, FatherName: null })
        {
            return null;
        }
        NationalId? id = null;
        PhoneNumber? phone = null;
        FieldError[] errors =
        [
            .. change.NationalId is not null && !NationalId.TryParse(change.NationalId, out id) ? [new("/nationalId", "wrong_form")] : Array.Empty<FieldError>(),
            .. change.Phone is not null && !PhoneNumber.TryParse(change.Phone, out phone) ? [new("/phone", "wrong_form")] : Array.Empty<FieldError>(),
            .. change.FatherName is not null && NameKeys.Whole(change.FatherName).Length == 0 ? [new("/fatherName", "wrong_form")] : Array.Empty<FieldError>(),
        ];
        read = new(id?.Digits, phone?.E164, change.FatherName?.Trim());
        return errors.Length > 0 ? new Refusal(GeneralRefusals.RuleBroken) { Errors = errors } : null;
    }

    /// <summary>Keeps what is said anew, and follows it.</summary>
    /// <param name="said">What is left out stays as it was; null: all of it.</param>
    public async Task SaveAsync(Work work, Guid workerId, WorkerPerson? said, CancellationToken cancellation)
    {
        if (said is not null && await work.FirstOrNoneAsync<StoredPerson>(FindSql, new { id = workerId }, cancellation) is { } stored)
        {
            var before = stored.OpenPerson(keys);
            var after = new WorkerPerson(said.NationalId ?? before.NationalId, said.Phone ?? before.Phone, said.FatherName ?? before.FatherName);
            using var key = stored.Key is { } wrapped ? keys.Unwrap(wrapped) : await keys.CreateAsync(work, "worker", workerId, cancellation);
            var person = keys.Seal(key, WorkerPerson.PlaceOf(workerId), after, AgencyJson.Default.WorkerPerson);
            await work.ExecuteAsync(SaveSql, new { id = workerId, person, keyId = key.Id }, cancellation);
        }
        await FollowAsync(work, workerId, cancellation);
    }

    /// <summary>After a name or a telephone was changed: whatever keeps him away by it holds from now on.</summary>
    public async Task FollowAsync(Work work, Guid workerId, CancellationToken cancellation)
    {
        if (await work.FirstOrNoneAsync<StoredPerson>(FindSql, new { id = workerId }, cancellation) is not { } stored)
        {
            return;
        }
        var person = stored.OpenPerson(keys);
        await PersonBlocks.FollowAsync(work, workerId, tokens.Of(
            NationalId.TryParse(person.NationalId, out var id) ? id : null,
            new[] { person.Phone, stored.OpenProfile(keys).Phone }.Select(text => PhoneNumber.TryParse(text, out var phone) ? phone : null).OfType<PhoneNumber>(),
            [(stored.DisplayName, person.FatherName)]), cancellation);
    }

    private sealed record StoredPerson
    {
        public required Guid Id { get; init; }
        public required string DisplayName { get; init; }
        public byte[]? Person { get; init; }
        public byte[]? Profile { get; init; }
        public Guid? KeyId { get; init; }
        public string? KeyKek { get; init; }
        public byte[]? KeyWrapped { get; init; }

        public WrappedKey? Key => KeyId is { } id ? new(id, KeyKek!, KeyWrapped!) : null;

        public WorkerPerson OpenPerson(Keys keys) => Key is { } key && Person is { } body
            ? keys.Open(key, body, WorkerPerson.PlaceOf(Id), AgencyJson.Default.WorkerPerson)
            : WorkerPerson.Empty;

        public WorkerProfile OpenProfile(Keys keys) => Key is { } key && Profile is { } body
            ? keys.Open(key, body, OwnContact.PlaceOf(Id), AgencyJson.Default.WorkerProfile)
            : WorkerProfile.Empty;
    }
}
