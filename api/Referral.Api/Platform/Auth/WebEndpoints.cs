using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NationalReferral.Identity;

namespace NationalReferral.Platform;

/// <summary>What the web client needs to know before it may ask the API anything.</summary>
/// <param name="SignedIn">False for everybody without a live session; the rest is then empty.</param>
/// <param name="EndsAt">The latest end of the session; thirty unused minutes end it earlier.</param>
/// <param name="Chosen">The agency that the session acts in, where there are several.</param>
/// <param name="Memberships">Where the worker may act.</param>
public sealed record SessionView(bool SignedIn, DateTimeOffset? EndsAt, Guid? Chosen, IReadOnlyList<MembershipView> Memberships);

public sealed record MembershipView(Guid AgencyId, string NameEn, string NameUr, IReadOnlyList<string> Roles);

/// <param name="Next">Where the browser goes to end the sign-in elsewhere too; null when it has ended already.</param>
public sealed record SignedOutView(string? Next);

/// <param name="Id">By which the phone asks for it again.</param>
/// <param name="Key">32 bytes in base64. It is written nowhere but into this answer.</param>
public sealed record DeviceKeyView(Guid Id, string Key);

[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(DeviceKeyView))]
[JsonSerializable(typeof(SignedOutView))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class AuthJson : JsonSerializerContext;

/// <summary>Signing in and out of the web client. Outside the contract: these belong to the client, not to partners.</summary>
internal static class WebEndpoints
{
    public static void MapWebSessions(this IEndpointRouteBuilder app)
    {
        var web = app.MapGroup("/web").ExcludeFromDescription().AllowAnonymous();
        web.MapGet("/signin", SignIn);
        web.MapGet("/session", ReadAsync);
        web.MapPut("/session/{agencyId:guid}", ChooseAsync);
        web.MapPost("/signout", SignOutAsync);
        web.MapPost("/device-keys", BeginKeyAsync);
        web.MapPost("/device-keys/{id:guid}", GiveKeyAsync);
    }

    /// <param name="prompt"><c>login</c>: whoever is signed in, here and there, is asked for the password again.</param>
    private static ChallengeHttpResult SignIn(
        [FromQuery(Name = "return")] string? returnTo, string? lang, string? prompt, HttpContext http, Sessions sessions, AuthSettings settings) =>
        TypedResults.Challenge(
            WebSignIn.Properties(returnTo, lang is "ur" or "en" ? lang : null, sessions.MacOf(http.Request.Cookies[settings.SessionCookie]), prompt == "login" ? settings.ProofLasts : null),
            [WebSignIn.Scheme]);

    private const string NamesSql = """
        SELECT a.id, a.name_en, a.name_ur
          FROM agencies a
         WHERE a.id IN (@ids)
         ORDER BY a.name_en, a.id
        """;

    private static async Task<JsonHttpResult<SessionView>> ReadAsync(HttpContext http, Database database, Sessions sessions, AuthSettings settings, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        var mac = sessions.MacOf(http.Request.Cookies[settings.SessionCookie]);
        var view = mac is null ? Nobody : await database.ReadAsync(Caller.System, async work =>
        {
            var rows = await sessions.FindAsync(work, mac, cancellation);
            if (rows.Count == 0)
            {
                return Nobody;
            }
            var places = rows.Where(row => row.CanAct).ToDictionary(row => row.UnitId!.Value, row => row.Roles ?? string.Empty);
            var names = places.Count == 0 ? [] : await work.ListAsync<NameRow>(NamesSql, new { ids = places.Keys.ToArray() }, cancellation);
            return new SessionView(true, rows[0].EndsAt, rows[0].ChosenId, [.. names.Select(name => new MembershipView(name.Id, name.NameEn, name.NameUr, places[name.Id].Split(' ')))]);
        }, cancellation);
        return TypedResults.Json(view, AuthJson.Default.SessionView);
    }

    private static Task<Results<NoContent, Refused>> ChooseAsync(Guid agencyId, HttpContext http, Database database, Sessions sessions, AuthSettings settings, CancellationToken cancellation) =>
        database.ChangeAsync<Results<NoContent, Refused>>(Caller.System, async work =>
        {
            if (sessions.MacOf(http.Request.Cookies[settings.SessionCookie]) is not { } mac || await sessions.FindAsync(work, mac, cancellation) is not [var session, ..] rows)
            {
                return Refused.Because(GeneralRefusals.SignIn);
            }
            if (Callers.LacksHeader(http.Request))
            {
                return Refused.Because(GeneralRefusals.HeaderRequired);
            }
            if (!rows.Any(row => row.CanAct && row.UnitId == agencyId))
            {
                return Refused.Because(GeneralRefusals.ChooseMembership);
            }
            await Sessions.ChooseAsync(work, session.SessionId, agencyId, cancellation);
            return TypedResults.NoContent();
        }, static result => result.Result is NoContent, cancellation);

    private static async Task<Results<JsonHttpResult<SignedOutView>, Refused>> SignOutAsync(HttpContext http, Database database, Sessions sessions, AuthSettings settings)
    {
        if (Callers.LacksHeader(http.Request))
        {
            return Refused.Because(GeneralRefusals.HeaderRequired);
        }
        if (sessions.MacOf(http.Request.Cookies[settings.SessionCookie]) is { } mac)
        {
            await database.ChangeAsync(Caller.System, work => Sessions.EndAsync(work, mac, CancellationToken.None), static _ => true, CancellationToken.None);
        }
        http.Response.Cookies.Delete(settings.SessionCookie, WebSignIn.CookieOptions(settings));
        http.Response.Headers.CacheControl = "no-store";
        if (settings.SignIn.Metadata is not null)
        {
            var configuration = await http.RequestServices.GetRequiredService<SignInServer>().ConfigurationAsync(http.RequestAborted);
            return TypedResults.Json(new SignedOutView(configuration?.EndSessionEndpoint), AuthJson.Default.SignedOutView);
        }
        await SignInCookie.ForgetAsync(http);
        return TypedResults.Json(new SignedOutView(null), AuthJson.Default.SignedOutView);
    }

    private static Task<Results<JsonHttpResult<DeviceKeyView>, Refused>> BeginKeyAsync(HttpContext http, DeviceKeys keys, CancellationToken cancellation) =>
        KeyAsync(http, async (work, workerId) => await keys.BeginAsync(work, workerId, cancellation), cancellation);

    private static Task<Results<JsonHttpResult<DeviceKeyView>, Refused>> GiveKeyAsync(Guid id, HttpContext http, CancellationToken cancellation) =>
        KeyAsync(http, (_, _) => Task.FromResult(id), cancellation);

    /// <summary>Only over a live session of the worker whose key it is; another's does not exist.</summary>
    private static Task<Results<JsonHttpResult<DeviceKeyView>, Refused>> KeyAsync(
        HttpContext http, Func<Work, Guid, Task<Guid>> which, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        var services = http.RequestServices;
        var sessions = services.GetRequiredService<Sessions>();
        var cookie = http.Request.Cookies[services.GetRequiredService<AuthSettings>().SessionCookie];
        return services.GetRequiredService<Database>().ChangeAsync<Results<JsonHttpResult<DeviceKeyView>, Refused>>(Caller.System, async work =>
        {
            if (sessions.MacOf(cookie) is not { } mac || await sessions.FindAsync(work, mac, cancellation) is not [{ WorkerId: { } workerId }, ..])
            {
                return Refused.Because(GeneralRefusals.SignIn);
            }
            if (Callers.LacksHeader(http.Request))
            {
                return Refused.Because(GeneralRefusals.HeaderRequired);
            }
            var id = await which(work, workerId);
            return await services.GetRequiredService<DeviceKeys>().GiveAsync(work, workerId, id, cancellation) is { } key
                ? TypedResults.Json(new DeviceKeyView(id, Convert.ToBase64String(key)), AuthJson.Default.DeviceKeyView)
                : Refused.Because(GeneralRefusals.Unknown);
        }, static result => result.Result is not Refused, cancellation);
    }

    private static readonly SessionView Nobody = new(false, null, null, []);

    private sealed record NameRow
    {
        public required Guid Id { get; init; }
        public required string NameEn { get; init; }
        public required string NameUr { get; init; }
    }
}
