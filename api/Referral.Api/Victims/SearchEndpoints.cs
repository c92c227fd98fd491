using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Looking for a case before opening another one for the same person.</summary>
internal static class SearchEndpoints
{
    /// <summary>How many cases an answer lists: who needs more has to say more.</summary>
    private const int Most = 20;

    /// <summary>How many cases are opened and compared: one journal row each, and a few milliseconds together.</summary>
    private const int Compared = 40;

    public static void MapSearch(this IEndpointRouteBuilder api) =>
        api.MapGroup("/victims").WithTags("Victims").MapPost("/search", SearchAsync).May(Permissions.Search)
            .WithName("searchVictims")
            .WithSummary("Search the own cases by what is known of a person")
            .WithDescription(
                "Before registering: by name and father's name in any script and spelling, case code, CNIC or B-form number, or at least the last seven digits of a phone; "
                + "any of them together. At most 20 cases of the own team, for a supervisor of every unit below, the likeliest first, each with what agrees and without a name: "
                + "names are asked for with POST /victims/names. `more` says that others were left out. One journal row for the search and one for each victim compared; the words searched for are kept nowhere.")
            .Refuses(Unreadable, RuleBroken, SearchRefusals.NothingToSearchBy);

    internal static async Task<Results<Ok<FoundVictims>, Refused>> SearchAsync(SearchQuery query, Call call, Keys keys, SearchTokens tokens)
    {
        var (asked, errors) = CaseSearch.Read(query.Name, query.FatherName, query.CaseCode, query.Phone, query.Cnic);
        if (errors.Count > 0)
        {
            return Refused.Because(new Refusal(RuleBroken) { Errors = errors });
        }
        if (asked.Lacking() is { } lacking)
        {
            return Refused.Because(lacking);
        }
        // Many share a common name, and telling them apart takes a while: nobody who writes waits meanwhile.
        var candidates = await call.ReadAsync(work => CandidatesAsync(work, asked, tokens, call.Cancellation));
        var found = Compare(asked, candidates, keys);
        return await call.ChangeAsync<Results<Ok<FoundVictims>, Refused>>(work => RecordAsync(work, asked, candidates, found, call.Cancellation));
    }

    /// <summary>The cases that share a token, with the documents that the search asks about, as they are at one moment.</summary>
    private static async Task<Candidates> CandidatesAsync(Work work, CaseSearch asked, SearchTokens tokens, CancellationToken cancellation)
    {
        var ids = new List<Guid>();
        if (asked.CaseCode is { } code && await TokenStore.OfCodeAsync(work, code.Text, cancellation) is { } id)
        {
            ids.Add(id);
        }
        if (tokens.Asked(asked) is { Count: > 0 } under)
        {
            ids.AddRange(await TokenStore.CandidatesAsync(work, under, Compared + 1, cancellation));
        }
        Guid[] all = [.. ids.Distinct()];
        Guid[] some = [.. all.Take(Compared)];
        if (some.Length == 0)
        {
            return new([], Enumerable.Empty<SealedRecord>().ToLookup(document => document.VictimId), false);
        }
        var groups = GroupsFor(asked);
        var victims = await TokenStore.FoundAsync(work, some, cancellation);
        var documents = groups.Count == 0 ? [] : await RecordStore.DocumentsAsync(work, some, groups, cancellation);
        return new(victims, documents.ToLookup(document => document.VictimId), all.Length > some.Length);
    }

    /// <summary>Opens what the search asks about, and nothing else; what is not alike is forgotten again.</summary>
    private static List<FoundVictim> Compare(CaseSearch asked, Candidates candidates, Keys keys)
    {
        var found = new List<(FoundVictim Victim, double Score)>();
        foreach (var victim in candidates.Victims)
        {
            if (CaseLikeness.Between(asked, WordsOf(victim, candidates.Documents[victim.Id], keys)) is { } like)
            {
                found.Add((new FoundVictim(
                    victim.Id, victim.CaseCode, victim.AgeBand, victim.Sex, victim.District, victim.Status,
                    like.Likeness.Code(), [.. like.Because.Select(reason => reason.Code())]), like.Score));
            }
        }
        return [.. found.OrderByDescending(one => one.Score).ThenByDescending(one => one.Victim.Id).Select(one => one.Victim)];
    }

    /// <summary>
    /// One row for the search and one for each victim whose words were opened; durable before the answer leaves. Whom the caller
    /// may no longer see by now is left out.
    /// </summary>
    private static async Task<Results<Ok<FoundVictims>, Refused>> RecordAsync(
        Work work, CaseSearch asked, Candidates candidates, IReadOnlyList<FoundVictim> alike, CancellationToken cancellation)
    {
        Guid[] ids = [.. candidates.Victims.Select(victim => victim.Id)];
        var now = ids.Length == 0 ? [] : await TokenStore.FoundAsync(work, ids, cancellation);
        var turns = now.ToDictionary(victim => victim.Id, victim => victim.AccessVersion);
        FoundVictim[] found = [.. alike.Where(victim => turns.ContainsKey(victim.Id))];
        var told = found.Take(Most).Select(victim => victim.Id).ToHashSet();
        foreach (var victim in candidates.Victims)
        {
            // Of the others the caller learns nothing, so that no withdrawal has to wait for them.
            if (told.Contains(victim.Id))
            {
                await Turns.HoldAsync(work, victim.Id, turns[victim.Id], cancellation);
            }
            if (candidates.Documents.Contains(victim.Id))
            {
                await Journal.AppendAsync(work, new JournalEntry
                {
                    Action = JournalActions.SearchRead,
                    SubjectKind = "victim",
                    SubjectId = victim.Id,
                    VictimId = victim.Id,
                    AccessVersion = told.Contains(victim.Id) ? turns[victim.Id] : victim.AccessVersion,
                    Groups = [.. candidates.Documents[victim.Id].Select(document => document.GroupCode).Order(StringComparer.Ordinal)],
                }, cancellation);
            }
        }
        await Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.SearchRead,
            SubjectKind = "search",
            Facts = [("by", string.Join(',', asked.Given.Select(given => given.Code()))), ("found", $"{found.Length}")],
        }, cancellation);
        return TypedResults.Ok(new FoundVictims([.. found.Take(Most)], candidates.HasMore || found.Length > Most));
    }

    private static List<string> GroupsFor(CaseSearch asked)
    {
        var groups = new List<string>();
        if (asked.Name is not null || asked.FatherName is not null || asked.NationalId is not null)
        {
            groups.Add("identity");
        }
        if (asked.PhoneEnd is not null)
        {
            groups.Add("contact");
        }
        return groups;
    }

    private static CaseWords WordsOf(CandidateCase victim, IEnumerable<SealedRecord> documents, Keys keys)
    {
        var byKind = documents.ToDictionary(document => document.Kind);
        var identity = byKind.TryGetValue("identity", out var first) ? keys.Open(first.Key, first.Body, first.Place, VictimJson.Default.IdentityRecord) : null;
        var contact = byKind.TryGetValue("contact", out var second) ? keys.Open(second.Key, second.Body, second.Place, VictimJson.Default.ContactRecord) : null;
        return CaseWordsOf.Of(victim.CaseCode, identity, contact);
    }

    /// <param name="Victims">Ids ascending.</param>
    /// <param name="HasMore">Others share a token too.</param>
    private sealed record Candidates(IReadOnlyList<CandidateCase> Victims, ILookup<Guid, SealedRecord> Documents, bool HasMore);
}
