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
    private const int Compared = 50;

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
        // Many may share a common name: they are told apart on a reader, so that nobody who writes waits meanwhile.
        var candidates = await call.ReadAsync(work => CandidatesAsync(work, asked, tokens, call.Cancellation));
        return await call.ChangeAsync<Results<Ok<FoundVictims>, Refused>>(async work =>
        {
            var found = await CompareAsync(work, asked, [.. candidates.Take(Compared)], keys, call.Cancellation);
            await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.SearchRead,
                SubjectKind = "search",
                Facts = [("by", string.Join(',', asked.Given.Select(given => given.Code()))), ("found", $"{found.Count}")],
            }, call.Cancellation);
            return TypedResults.Ok(new FoundVictims([.. found.Take(Most)], candidates.Count > Compared || found.Count > Most));
        });
    }

    private static async Task<IReadOnlyList<Guid>> CandidatesAsync(Work work, CaseSearch asked, SearchTokens tokens, CancellationToken cancellation)
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
        return [.. ids.Distinct()];
    }

    /// <summary>Opens what the search asks about, and nothing else; what is not alike is forgotten again.</summary>
    private static async Task<List<FoundVictim>> CompareAsync(Work work, CaseSearch asked, IReadOnlyList<Guid> ids, Keys keys, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return [];
        }
        var groups = GroupsFor(asked);
        var victims = await TokenStore.FoundAsync(work, ids, cancellation);
        var documents = groups.Count == 0 ? [] : await RecordStore.DocumentsAsync(work, ids, groups, cancellation);
        var byVictim = documents.ToLookup(document => document.VictimId);
        var found = new List<(FoundVictim Victim, double Score)>();
        foreach (var victim in victims)
        {
            var opened = byVictim[victim.Id].ToDictionary(document => document.Kind);
            if (opened.Count > 0)
            {
                await Turns.HoldAsync(work, victim.Id, victim.AccessVersion, cancellation);
                await Journal.AppendAsync(work, new JournalEntry
                {
                    Action = JournalActions.SearchRead,
                    SubjectKind = "victim",
                    SubjectId = victim.Id,
                    VictimId = victim.Id,
                    AccessVersion = victim.AccessVersion,
                    Groups = [.. groups.Where(opened.ContainsKey)],
                }, cancellation);
            }
            if (CaseLikeness.Between(asked, WordsOf(victim, opened, keys)) is { } like)
            {
                found.Add((new FoundVictim(
                    victim.Id, victim.CaseCode, victim.AgeBand, victim.Sex, victim.District, victim.Status,
                    like.Likeness.Code(), [.. like.Because.Select(reason => reason.Code())]), like.Score));
            }
        }
        return [.. found.OrderByDescending(one => one.Score).ThenByDescending(one => one.Victim.Id).Select(one => one.Victim)];
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

    private static CaseWords WordsOf(CandidateCase victim, Dictionary<string, SealedRecord> opened, Keys keys)
    {
        var identity = opened.TryGetValue("identity", out var first) ? keys.Open(first.Key, first.Body, first.Place, VictimJson.Default.IdentityRecord) : null;
        var contact = opened.TryGetValue("contact", out var second) ? keys.Open(second.Key, second.Body, second.Place, VictimJson.Default.ContactRecord) : null;
        return CaseWordsOf.Of(victim.CaseCode, identity, contact);
    }
}
