using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>A service that can meet the need.</summary>
/// <param name="Rank">1 is the best.</param>
/// <param name="Reasons">Why it stands there, good news and warnings.</param>
/// <param name="FreePlaces">Places that she could take; null where they are not counted.</param>
/// <param name="Covered">A live basis covers the minimum for this agency; else she must be asked first.</param>
public sealed record MatchView(
    ServiceView Service, int Rank, IReadOnlyList<string> Reasons, double? DistanceKm, int? FreePlaces, bool OpenNow, bool Covered);

/// <summary>A service of the category that cannot, and everything that stands against it.</summary>
public sealed record ExcludedService(Ref Service, IReadOnlyList<string> Reasons);

/// <summary>All services of a category, ranked or excluded.</summary>
public sealed record MatchList(IReadOnlyList<MatchView> Items, IReadOnlyList<ExcludedService> Excluded);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MatchList))]
internal sealed partial class MatchJson : JsonSerializerContext;

/// <summary>Who can meet a need: the domain ranks, here the facts are gathered.</summary>
internal static class ServiceMatches
{
    public static void MapMatches(this IEndpointRouteBuilder api)
    {
        api.MapGet("/referrals/{id}/matches", OfReferralAsync).May(Permissions.Refer)
            .WithTags("Referrals")
            .WithName("listReferralMatches")
            .WithSummary("Rank services for a referral")
            .WithDescription("For its need, with its own urgency and constraints: the next to ask when this one cannot. Each with the reasons of its rank; what is excluded says why.")
            .Refuses(Unknown);
        api.MapGet("/victims/{id}/needs/{needId}/matches", OfNeedAsync).May(Permissions.Refer)
            .WithTags("Victims")
            .WithName("listNeedMatches")
            .WithSummary("Rank services for a need")
            .WithDescription("Each with the reasons of its rank, and whether a live basis covers it; what is excluded says why.")
            .Refuses(Unknown);
    }

    internal static Task<Results<Ok<MatchList>, Refused>> OfReferralAsync(Id id, Call call, Districts districts) =>
        call.ReadAsync<Results<Ok<MatchList>, Refused>>(async work =>
            await ReferralStore.FindAsync(work, id, call.Cancellation) is { } referral
            && await VictimStore.FindCaseAsync(work, referral.VictimId, call.Cancellation) is { } victim
                ? TypedResults.Ok(await RankAsync(work, victim, referral.Category, referral.Urgency, Words.Split(referral.Constraints), districts, call.Cancellation))
                : Refused.Because(Unknown));

    internal static Task<Results<Ok<MatchList>, Refused>> OfNeedAsync(Id id, Id needId, Call call, Districts districts) =>
        call.ReadAsync<Results<Ok<MatchList>, Refused>>(async work =>
            await VictimStore.FindCaseAsync(work, id, call.Cancellation) is { } victim
            && await NeedStore.FindAsync(work, id, needId, call.Cancellation) is { } need
                ? TypedResults.Ok(await RankAsync(
                    work, victim, need.Category, Codes.Parse<Urgency>(need.Urgency), Words.Split(need.Constraints), districts, call.Cancellation))
                : Refused.Because(Unknown));

    private static async Task<MatchList> RankAsync(
        Work work, Victim victim, string category, Urgency urgency, IReadOnlyList<string> constraints, Districts districts, CancellationToken cancellation)
    {
        var candidates = await Services.CandidatesAsync(work, category, cancellation);
        var units = candidates.Select(candidate => candidate.AgencyId).Distinct().ToArray();
        var covers = await Bases.CoversAsync(work, victim.Id, units, Drafts.Purpose, [Piece.Minimum], [], cancellation);
        var blocked = (await work.ListAsync<Guid>(BlockedSql, new { victimId = victim.Id }, cancellation)).ToHashSet();
        var (matches, excluded) = Matching.Rank(
            SoughtFor(work, victim, category, urgency, constraints, districts),
            candidates.Select(candidate => candidate with
            {
                IsCovered = covers[candidate.AgencyId] is [{ IsCovered: true }],
                IsBlocked = blocked.Contains(candidate.AgencyId),
            }),
            work.Now);
        var views = await Services.ViewsAsync(work, [.. candidates.Select(candidate => candidate.ServiceId)], cancellation);
        return new MatchList(
            [.. matches.Where(match => views.ContainsKey(match.Candidate.ServiceId)).Select(match => new MatchView(
                views[match.Candidate.ServiceId], match.Rank, [.. match.Reasons.Select(reason => reason.Code())],
                match.DistanceKm, match.Free, match.IsOpen, match.Candidate.IsCovered))],
            [.. excluded.Where(one => views.ContainsKey(one.Candidate.ServiceId)).Select(one => new ExcludedService(
                RefOf(views[one.Candidate.ServiceId]), [.. one.Reasons.Select(reason => reason.Code())]))]);
    }

    private static Ref RefOf(ServiceView service) => new(service.Id, service.NameEn, service.NameUr);

    /// <summary>Only what the minimum may say: the band for her age, the middle of the district for her place.</summary>
    private static Sought SoughtFor(
        Work work, Victim victim, string category, Urgency urgency, IReadOnlyList<string> constraints, Districts districts) => new()
    {
        Category = category,
        Urgency = urgency,
        Constraints = [.. constraints],
        // Whoever looks grown up and is treated as a child is turned away by no service for children.
        Age = AgeBand.Find(victim.AgeBand) is { From: { } from } band && !(victim.AsChild && from >= Age.Majority) ? (from, band.To ?? int.MaxValue) : null,
        AsChild = victim.AsChild,
        Sex = victim.Sex,
        Languages = [.. Words.Split(victim.Languages)],
        District = victim.District,
        Province = Districts.ProvinceOf(victim.District),
        Near = districts.Find(victim.District) is { } district ? new GeoPoint(district.Lat, district.Lon) : null,
        SenderUnit = work.Caller.UnitId,
    };

    // A block of an agency holds for every unit below it, and in every case of the same person.
    private const string BlockedSql = """
        SELECT DISTINCT t.descendant_id
          FROM blocks b
          JOIN victims p ON p.id = b.victim_id
          JOIN victims v ON v.person_id = p.person_id
          JOIN agency_tree t ON t.ancestor_id = b.agency_id
         WHERE v.id = @victimId
           AND b.lifted_at IS NULL
        """;
}
