using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Authorization;

namespace NationalReferral.Platform;

/// <summary>
/// Finds out who calls, before <see cref="Gate"/>: a Bearer token, else the web client's session. Each request reads the
/// principal's row, so that a deactivation or another role counts from the next request on, on every instance.
/// </summary>
internal sealed class Callers(RequestDelegate next, Database database, BearerTokens tokens, Sessions sessions, AuthSettings settings, TimeProvider clock)
{
    public const string ActingAs = "Acting-As";
    public const string OwnHeader = "X-NRS";

    private static readonly ConcurrentDictionary<string, FrozenSet<string>> Sets = new(StringComparer.Ordinal);

    public async Task InvokeAsync(HttpContext http)
    {
        var isOpen = http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        if (!isOpen && http.Request.Path.StartsWithSegments("/api") && await RecogniseAsync(http) is { } refusal)
        {
            await Refused.Because(refusal).ExecuteAsync(http);
            return;
        }
        await next(http);
    }

    /// <summary>Another site can make a browser send the cookie, but not this header (and the cookie is SameSite=Strict).</summary>
    public static bool LacksHeader(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && request.Headers[OwnHeader] != "1";

    private async Task<Refusal?> RecogniseAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization.ToString() is { Length: > 0 } header)
        {
            return await ByTokenAsync(http, header);
        }
        return sessions.MacOf(http.Request.Cookies[settings.SessionCookie]) is { } mac ? await BySessionAsync(http, mac) : null;
    }

    private async Task<Refusal?> ByTokenAsync(HttpContext http, string header)
    {
        if (await tokens.CheckAsync(header, http.RequestAborted) is not { } facts)
        {
            return null;
        }
        var rows = await database.ReadOneAsync(Caller.System, work => Principals.FindAsync(work, facts.Issuer, facts.Subject, http.RequestAborted), http.RequestAborted);
        // A client's token never stands for a person, nor a person's for a client, whatever the subjects are called.
        if (rows.Count == 0 || rows[0].ClientAgencyId is null == facts.IsClient || !rows[0].CountsSince(facts.GivenAt))
        {
            return null;
        }
        return Admit(http, rows, null, facts.Scopes, facts.ProvenAt);
    }

    private async Task<Refusal?> BySessionAsync(HttpContext http, byte[] mac)
    {
        var rows = await database.ReadOneAsync(Caller.System, work => sessions.FindAsync(work, mac, http.RequestAborted), http.RequestAborted);
        if (rows.Count == 0)
        {
            return null;
        }
        if (Sessions.IsDueForTouch(rows[0], clock.GetUtcNow()))
        {
            await database.ChangeAsync(Caller.System, work => Sessions.TouchAsync(work, rows[0].SessionId, http.RequestAborted), static _ => true, http.RequestAborted);
        }
        return Admit(http, rows, rows[0].ChosenId, string.Empty, rows[0].ProvenAt)
            ?? (LacksHeader(http.Request) ? new Refusal(GeneralRefusals.HeaderRequired) : null);
    }

    private static Refusal? Admit(HttpContext http, IReadOnlyList<PrincipalRow> rows, Guid? chosen, string tokenScopes, DateTimeOffset? provenAt)
    {
        var places = rows.Where(row => row.CanAct).ToList();
        if (places.Count == 0)
        {
            return new Refusal(GeneralRefusals.NotPermitted);
        }
        var asked = http.Request.Headers[ActingAs].ToString();
        var place = asked.Length > 0 ? places.Find(row => Guid.TryParse(asked, out var unit) && row.UnitId == unit)
            : places.Find(row => row.UnitId == chosen) ?? (places.Count == 1 ? places[0] : null);
        if (place is null)
        {
            return new Refusal(GeneralRefusals.ChooseMembership) { Lists = [("agencies", [.. places.Select(row => row.UnitId).Order().Select(id => id.ToString()!)])] };
        }
        http.Features.Set(CallerOf(place, tokenScopes) with { ProvenAt = provenAt });
        return null;
    }

    private static Caller CallerOf(PrincipalRow row, string tokenScopes)
    {
        if (row.WorkerId is { } worker)
        {
            var roles = Words(row.Roles ?? string.Empty);
            return new() { PrincipalId = worker, WorkerId = worker, UnitId = row.UnitId!.Value, Roles = roles, Supervises = roles.Contains("supervisor") };
        }
        // The token may ask for less than the client has, never for more than the client has now.
        var scopes = row.Scopes == tokenScopes ? Words(row.Scopes) : Words(row.Scopes).Intersect(Words(tokenScopes)).ToFrozenSet();
        return new() { PrincipalId = row.LoginId, ClientId = row.LoginId, UnitId = row.UnitId!.Value, Scopes = scopes };
    }

    /// <summary>There are few different lists of roles and scopes; each is parsed once.</summary>
    private static FrozenSet<string> Words(string text)
    {
        if (Sets.TryGetValue(text, out var set))
        {
            return set;
        }
        set = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
        return Sets.Count < 10_000 ? Sets.GetOrAdd(text, set) : set;
    }
}
