using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Identity;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>
/// Partner systems of an agency. Each has an application at the sign-in server, which knows its secret, and a login here,
/// without which it can do nothing. The two databases share no transaction: whatever fails halfway leaves a client that
/// cannot sign in, never one that should not.
/// </summary>
internal static class ClientEndpoints
{
    public static void MapClients(this IEndpointRouteBuilder api)
    {
        var clients = api.MapGroup("/clients").WithTags("Agencies");
        clients.MapGet("", ListAsync).May(Permissions.ManageClients)
            .WithName("listClients")
            .WithSummary("List partner systems")
            .WithDescription("Of the own unit and those below, newest first. No secrets.")
            .Refuses(Unreadable);
        clients.MapPost("", CreateAsync).May(Permissions.ManageClients)
            .WithName("createClient")
            .WithSummary("Register a partner system")
            .WithDescription("Bound to the own unit. The secret is in this answer and nowhere else.")
            .Refuses(Unreadable, RuleBroken, KeyReused);
        clients.MapPost("/{id}/rotate", RotateAsync).May(Permissions.ManageClients)
            .WithName("rotateClient")
            .WithSummary("Give a partner system a new secret")
            .WithDescription("The old one and every token given for it stop at once. The new one is in this answer and nowhere else.")
            .Refuses(Unknown, MatchRequired, Stale, KeyReused);
        clients.MapDelete("/{id}", DeleteAsync).May(Permissions.ManageClients)
            .WithName("deleteClient")
            .WithSummary("End a partner system's access")
            .WithDescription("Its tokens stop at once. What it did stays in the journal.")
            .Refuses(Unknown, MatchRequired, Stale);
    }

    internal static Task<Listed<ClientView>> ListAsync(Call call, Paging paging) =>
        call.ReadAsync(async work => Listed.Of(
            await ClientStore.ListAsync(work, paging, call.Cancellation),
            paging,
            client => new Cursor(client.CreatedAt, client.Id),
            client => new ClientView(client.Id, client.AgencyId, client.Subject, client.Name, ScopesOf(client), client.CreatedAt, Tag.Of(client.Version).Text)));

    internal static async Task<Results<Made<ClientSecretView>, Refused>> CreateAsync(
        ClientDraft draft, Call call, IdentityClients applications, IdentityAccounts accounts)
    {
        var unknown = draft.Scopes.Select((scope, i) => (scope, i)).Where(s => !IdentityClients.PartnerScopes.Contains(s.scope))
            .Select(s => new FieldError($"/scopes/{s.i}", "unknown_code", IdentityClients.PartnerScopes)).ToArray();
        if (unknown.Length > 0)
        {
            return Refused.Because(new Refusal(Unreadable) { Errors = unknown });
        }
        if (draft.Scopes.Count == 0)
        {
            return Refused.Because(new Refusal(RuleBroken) { Errors = [new FieldError("/scopes", "required")] });
        }
        if (Names.Fault(("/name", draft.Name)) is { } nameless)
        {
            return Refused.Because(nameless);
        }
        string[] scopes = [.. draft.Scopes.Distinct()];
        var (clientId, secret) = await applications.CreateAsync(draft.Name, scopes, call.Caller.UnitId, call.Cancellation);
        var isKept = false;
        try
        {
            var answer = await call.ActAsync<Results<Made<ClientSecretView>, Refused>>(
                async work =>
                {
                    var id = Ids.New(work.Now);
                    await ClientStore.InsertAsync(work, id, accounts.Issuer, clientId, draft.Name, string.Join(' ', scopes), call.Cancellation);
                    await AppendAsync(work, JournalActions.ClientCreated, id, [.. scopes.Select(scope => (scope, "given"))], call.Cancellation);
                    return Done.Made(id);
                },
                async (work, done) => await ClientStore.FindAsync(work, done.ResourceId!.Value, call.Cancellation) is { } client
                    ? new Made<ClientSecretView>(
                        $"/api/v1/clients/{client.Id}", SecretOf(client, client.Subject == clientId ? secret : null), Tag.Of(client.Version))
                    : Refused.Because(Unknown),
                refused => refused);
            isKept = answer.Result is Made<ClientSecretView> { Value.ClientSecret: not null };
            return answer;
        }
        finally
        {
            if (!isKept)
            {
                await applications.DeleteAsync(clientId, CancellationToken.None);
            }
        }
    }

    internal static async Task<Results<Found<ClientSecretView>, Refused>> RotateAsync(Id id, Call call, IdentityClients applications)
    {
        ClientRow? rotated = null;
        var answer = await call.ActAsync<Results<Found<ClientSecretView>, Refused>>(
            async work =>
            {
                var (client, refusal) = await EndTokensAsync(work, id, "active", JournalActions.ClientRotated, call);
                rotated = client;
                return refusal is null ? Done.Changed(id) : refusal;
            },
            async (work, done) => await ClientStore.FindAsync(work, done.ResourceId!.Value, call.Cancellation) is { } client
                ? new Found<ClientSecretView>(SecretOf(client, null), Tag.Of(client.Version))
                : Refused.Because(Unknown),
            refused => refused);
        if (answer.Result is not Found<ClientSecretView> || rotated is null)
        {
            return answer;
        }
        return await applications.RotateAsync(rotated.Subject, CancellationToken.None) is { } secret
            ? new Found<ClientSecretView>(SecretOf(rotated, secret), Tag.Of(rotated.Version + 1))
            : Refused.Because(Unknown);
    }

    internal static async Task<Results<NoContent, Refused>> DeleteAsync(Id id, Call call, IdentityClients applications)
    {
        ClientRow? gone = null;
        var answer = await call.ChangeAsync<Results<NoContent, Refused>>(async work =>
        {
            (gone, var refusal) = await EndTokensAsync(work, id, "deleted", JournalActions.ClientDeleted, call);
            return refusal is null ? TypedResults.NoContent() : Refused.Because(refusal);
        });
        if (answer.Result is NoContent && gone is not null)
        {
            await applications.DeleteAsync(gone.Subject, CancellationToken.None);
        }
        return answer;
    }

    private static async Task<(ClientRow? Client, Refusal? Refusal)> EndTokensAsync(Work work, Guid id, string status, string action, Call call)
    {
        if (await ClientStore.FindAsync(work, id, call.Cancellation) is not { } client)
        {
            return (null, new Refusal(Unknown));
        }
        if (call.Mismatch(Tag.Of(client.Version)) is { } mismatch)
        {
            return (null, mismatch);
        }
        if (!await ClientStore.EndTokensAsync(work, client, status, call.Cancellation))
        {
            return (null, new Refusal(Stale));
        }
        await AppendAsync(work, action, client.Id, [], call.Cancellation);
        return (client, null);
    }

    private static ClientSecretView SecretOf(ClientRow client, string? secret) => new(client.Id, client.Subject, secret, ScopesOf(client));

    private static string[] ScopesOf(ClientRow client) => client.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Task<Guid> AppendAsync(Work work, string action, Guid id, IReadOnlyList<(string, string)> facts, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry { Action = action, SubjectKind = "client", SubjectId = id, Facts = facts }, cancellation);
}
