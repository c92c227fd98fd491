using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>How a worker hears outside the product that something waits. Nobody but himself reads where.</summary>
/// <param name="Email">Where mail goes; needed for <paramref name="ByEmail"/>.</param>
/// <param name="Phone">In any Pakistani writing, or international with +; needed for <paramref name="BySms"/>.</param>
/// <param name="Language">Of the one sentence that is sent.</param>
/// <param name="QuietFrom">From then on nothing is sent but emergencies; HH:mm in Karachi.</param>
/// <param name="QuietTo">Until then; it may be on the next day.</param>
public sealed record ContactChange(
    [property: Text(254)] string? Email = null,
    [property: Text(30)] string? Phone = null,
    bool ByEmail = false,
    bool BySms = false,
    [property: CodeOf("language", Only = ["eng", "urd"])] string Language = "urd",
    [property: Text(5)] string? QuietFrom = null,
    [property: Text(5)] string? QuietTo = null);

/// <summary>The same, with which ways this server has at all.</summary>
/// <param name="Channels">email, sms: those that somebody has set up.</param>
public sealed record ContactView(
    string? Email, string? Phone, bool ByEmail, bool BySms, [property: CodeOf("language", Only = ["eng", "urd"])] string Language,
    string? QuietFrom, string? QuietTo, [property: CodeOf("message_channel")] IReadOnlyList<string> Channels);

internal static class ContactEndpoints
{
    public static void MapContacts(this IEndpointRouteBuilder api)
    {
        var contact = api.MapGroup("/me/contact").WithTags("Agencies");
        contact.MapGet("", GetAsync).May(Permissions.Notifications)
            .WithName("getOwnContact")
            .WithSummary("Read how one hears that something waits")
            .WithDescription("The caller's own mail address and phone, and when not to be disturbed.")
            .Refuses(Unknown);
        contact.MapPut("", PutAsync).May(Permissions.Notifications)
            .WithName("putOwnContact")
            .WithSummary("Change how one hears that something waits")
            .WithDescription("What is sent says that something waits, and nothing else. Quiet hours hold back all but emergencies.")
            .Refuses(Unreadable, MatchRequired, Stale, RuleBroken, Unknown);
    }

    internal static Task<Results<Found<ContactView>, Refused>> GetAsync(Call call, Keys keys, MessageChannels channels) =>
        call.ReadAsync<Results<Found<ContactView>, Refused>>(async work => await WorkerContacts.OwnAsync(work, call.Cancellation) is { } own
            ? new Found<ContactView>(View(own, keys, channels), Tag.Of(own.Version))
            : Refused.Because(Unknown));

    internal static Task<Results<Found<ContactView>, Refused>> PutAsync(ContactChange change, Call call, Keys keys, MessageChannels channels, WorkerPersons persons) =>
        call.ChangeAsync<Results<Found<ContactView>, Refused>>(async work =>
        {
            if (await WorkerContacts.OwnAsync(work, call.Cancellation) is not { } own)
            {
                return Refused.Because(Unknown);
            }
            if (call.Mismatch(Tag.Of(own.Version)) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (WorkerContacts.Read(change, channels, out var read) is { } fault)
            {
                return Refused.Because(fault);
            }
            if (!await WorkerContacts.SaveAsync(work, own, read, keys, call.Cancellation))
            {
                return Refused.Because(Stale);
            }
            await persons.FollowAsync(work, own.Id, call.Cancellation);
            await Journal.AppendAsync(work, new JournalEntry { Action = JournalActions.ContactChanged, SubjectKind = "worker", SubjectId = own.Id }, call.Cancellation);
            var saved = await WorkerContacts.OwnAsync(work, call.Cancellation) ?? own;
            return new Found<ContactView>(View(saved, keys, channels), Tag.Of(saved.Version));
        });

    private static ContactView View(OwnContact own, Keys keys, MessageChannels channels)
    {
        var profile = own.Open(keys);
        return new(profile.Email, profile.Phone, own.ByEmail, own.BySms, profile.Language, Clock(own.QuietFrom), Clock(own.QuietTo), channels.Names);
    }

    private static string? Clock(int? minute) => minute is { } m ? new TimeOnly(m / 60, m % 60).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture) : null;
}
