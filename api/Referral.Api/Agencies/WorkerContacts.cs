using System.Globalization;
using System.Net.Mail;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Where a worker is reached, sealed with his own key.</summary>
internal sealed record WorkerProfile(string? Email, string? Phone, string Language) : ISealed
{
    public static int Schema => 1;

    public static WorkerProfile Empty { get; } = new(null, null, "urd");
}

/// <summary>A worker's own row, with the key of his profile; null keys: he has never written one.</summary>
internal sealed record OwnContact
{
    public required Guid Id { get; init; }
    public byte[]? Profile { get; init; }
    public required bool ByEmail { get; init; }
    public required bool BySms { get; init; }
    public int? QuietFrom { get; init; }
    public int? QuietTo { get; init; }
    public required long Version { get; init; }
    public Guid? KeyId { get; init; }
    public string? KeyKek { get; init; }
    public byte[]? KeyWrapped { get; init; }

    public QuietHours Quiet => new(QuietFrom ?? 0, QuietTo ?? 0);

    public WrappedKey? Key => KeyId is { } id ? new(id, KeyKek!, KeyWrapped!) : null;

    public WorkerProfile Open(Keys keys) => Key is { } key && Profile is { } body
        ? keys.Open(key, body, PlaceOf(Id), AgencyJson.Default.WorkerProfile)
        : WorkerProfile.Empty;

    public static SealedPlace PlaceOf(Guid id) => new("workers", id, "profile", 1);
}

/// <summary>What was asked for, read and found to be in order.</summary>
internal sealed record ReadContact(WorkerProfile Profile, bool ByEmail, bool BySms, int? QuietFrom, int? QuietTo);

/// <summary>The public verbs of how workers are reached.</summary>
internal static class WorkerContacts
{
    private const string Columns = """
        w.id, w.profile, w.by_email, w.by_sms, w.quiet_from, w.quiet_to, w.version, k.id AS key_id, k.kek AS key_kek, k.wrapped AS key_wrapped
        """;

    private const string OwnSql = $"""
        SELECT {Columns}
          FROM workers w
          LEFT JOIN data_keys k ON k.id = w.key_id AND k.destroyed_at IS NULL
         WHERE w.id = @worker
        """;

    /// <returns>Null for a client.</returns>
    public static Task<OwnContact?> OwnAsync(Work work, CancellationToken cancellation) => work.FirstOrNoneAsync<OwnContact>(OwnSql, null, cancellation);

    private const string ActiveSql = $"""
        SELECT {Columns}
          FROM workers w
          LEFT JOIN data_keys k ON k.id = w.key_id AND k.destroyed_at IS NULL
         WHERE w.id = @id
           AND w.status = 'active'
        """;

    /// <returns>Null when the worker is not active any more.</returns>
    public static Task<OwnContact?> FindAsync(Work work, Guid id, CancellationToken cancellation) => work.FirstOrNoneAsync<OwnContact>(ActiveSql, new { id }, cancellation);

    private const string SaveSql = """
        UPDATE workers
           SET profile = @profile, key_id = @keyId, by_email = @byEmail, by_sms = @bySms, quiet_from = @quietFrom, quiet_to = @quietTo, version = version + 1
         WHERE id = @id
           AND version = @read
        """;

    /// <returns>False, with nothing to keep, when somebody else changed the worker first.</returns>
    public static async Task<bool> SaveAsync(Work work, OwnContact own, ReadContact read, Keys keys, CancellationToken cancellation)
    {
        using var key = own.Key is { } wrapped ? keys.Unwrap(wrapped) : await keys.CreateAsync(work, "worker", own.Id, cancellation);
        var profile = keys.Seal(key, OwnContact.PlaceOf(own.Id), read.Profile, AgencyJson.Default.WorkerProfile);
        return await work.ExecuteAsync(SaveSql, new
        {
            id = own.Id, read = own.Version, profile, keyId = key.Id, byEmail = read.ByEmail, bySms = read.BySms, quietFrom = read.QuietFrom, quietTo = read.QuietTo,
        }, cancellation) == 1;
    }

    /// <returns>What is wrong; null when <paramref name="read"/> can be saved.</returns>
    public static Refusal? Read(ContactChange change, MessageChannels channels, out ReadContact read)
    {
        var errors = new List<FieldError>();
        var email = Blank(change.Email);
        if (email is not null && (!MailAddress.TryCreate(email, out var parsed) || parsed.Address != email))
        {
            errors.Add(new FieldError("/email", "wrong_form"));
        }
        PhoneNumber? phone = null;
        if (Blank(change.Phone) is { } typed && !PhoneNumber.TryParse(typed, out phone))
        {
            errors.Add(new FieldError("/phone", "wrong_form"));
        }
        Wanted("/byEmail", change.ByEmail, "email", "/email", email);
        Wanted("/bySms", change.BySms, "sms", "/phone", Blank(change.Phone));
        var from = Minute("/quietFrom", change.QuietFrom);
        var to = Minute("/quietTo", change.QuietTo);
        if (from is null != to is null && errors.Count == 0)
        {
            errors.Add(new FieldError(from is null ? "/quietFrom" : "/quietTo", "needs_other"));
        }
        read = new(new(email, phone?.E164, change.Language), change.ByEmail, change.BySms, from, to);
        return errors.Count > 0 ? new Refusal(GeneralRefusals.RuleBroken) { Errors = errors } : null;

        void Wanted(string wish, bool wants, string channel, string place, string? address)
        {
            if (wants && !channels.Names.Contains(channel))
            {
                errors.Add(new FieldError(wish, "not_offered", channels.Names));
            }
            else if (wants && address is null)
            {
                errors.Add(new FieldError(place, "required"));
            }
        }

        int? Minute(string pointer, string? text)
        {
            if (Blank(text) is not { } written)
            {
                return null;
            }
            if (TimeOnly.TryParseExact(Numerals.Western(written), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            {
                return time.Hour * 60 + time.Minute;
            }
            errors.Add(new FieldError(pointer, "wrong_form"));
            return null;
        }
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
