using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Who is a child, by purpose, province and day. Open to the public: a law is no secret.</summary>
internal static class LawEndpoints
{
    public static void MapLaw(this IEndpointRouteBuilder api)
    {
        var law = api.MapGroup("/law").WithTags("Ages");
        law.MapLawProposals();
        law.MapGet("/rules", RulesAsync).AllowAnonymous()
            .WithName("listLawRules")
            .WithSummary("Who is a child, by purpose, province and day")
            .WithDescription("One row for each purpose and province: the age limit on that day, which law draws it, and how far that can be relied on. Where several may hold, the one that protects longest. Without a day today's, without a release the newest; the same question to the same release is answered alike for ever. Not legal advice.")
            .Refuses(Unreadable, Unknown);
        law.MapGet("/releases", ReleasesAsync).AllowAnonymous()
            .WithName("listLawReleases")
            .WithSummary("List the releases of law data")
            .WithDescription("Newest first. The newest that is approved answers.");
        law.MapGet("/releases/{number}", ReleaseAsync).AllowAnonymous()
            .WithName("getLawRelease")
            .WithSummary("Read a release of law data")
            .WithDescription("Every instrument and every rule, with source and doubt; with `purpose` the rules for that, and the instruments that they name.")
            .Refuses(Unreadable, Unknown);
        law.MapGet("/releases/{number}/changes", ChangesAsync).AllowAnonymous()
            .WithName("listLawChanges")
            .WithSummary("What a release changes")
            .WithDescription("Rule by rule against the release before it, or another one with `since`, for one `purpose` or for all: what is new, what ends, what was corrected, and what would give a past day another answer.")
            .Refuses(Unreadable, Unknown);
    }

    internal static async Task<Results<Listed<LawRow>, Refused>> RulesAsync(
        Call call, Laws laws, Districts districts, [CodeOf("law_purpose")] string? purpose, string? province, DateOnly? on,
        [CodeOf("sex", Only = ["female", "male"])] string? sex, [Within(1, 1_000_000)] int? release)
    {
        if (districts.ProvinceFault("province", province) is { } fault)
        {
            return Refused.Because(fault);
        }
        return await call.ReadAsync<Results<Listed<LawRow>, Refused>>(async work =>
        {
            if (await laws.FindAsync(work, release, call.Cancellation) is not { } law)
            {
                return Refused.Because(Unknown);
            }
            var day = on ?? Karachi.DateOf(work.Now);
            return Listed.Whole<LawRow>([..
                from asked in purpose is null ? law.Purposes : [purpose]
                from place in districts.Provinces
                where province is null || place.Code == province
                let answer = law.Find(asked, place.Code, day, sex)
                select new LawRow(
                    asked, place.Code, answer.Rule?.Limit, answer.Rule?.Sex, answer.Status.Code(), LawViews.Of(law, answer.Rule), law.Benchmark(asked, day)?.Limit)]);
        });
    }

    internal static Task<Listed<LawReleaseRow>> ReleasesAsync(Call call) =>
        call.ReadAsync(async work => Listed.Whole<LawReleaseRow>([.. (await LawStore.ProposalsAsync(work, call.Cancellation))
            .Select(row => new LawReleaseRow(row.Number, row.State, row.Note, row.ProposedAt, row.ApprovedAt, row.Line))]));

    internal static Task<Results<Found<LawReleaseView>, Refused>> ReleaseAsync(
        [Within(1, 1_000_000)] int number, Call call, Laws laws, [CodeOf("law_purpose")] string? purpose) =>
        call.ReadAsync<Results<Found<LawReleaseView>, Refused>>(async work =>
            await laws.FindAsync(work, number, call.Cancellation) is { } law
                ? new Found<LawReleaseView>(LawViews.Of(law, purpose), Tag.Of(law.Number))
                : Refused.Because(Unknown));

    internal static Task<Results<Listed<LawChange>, Refused>> ChangesAsync(
        [Within(1, 1_000_000)] int number, Call call, Laws laws, [Within(1, 1_000_000)] int? since, [CodeOf("law_purpose")] string? purpose) =>
        call.ReadAsync<Results<Listed<LawChange>, Refused>>(async work =>
        {
            if (await laws.FindAsync(work, number, call.Cancellation) is not { } after)
            {
                return Refused.Because(Unknown);
            }
            var earlier = since ?? number - 1;
            if ((earlier == 0 ? LawRelease.None : await laws.FindAsync(work, earlier, call.Cancellation)) is not { } before)
            {
                return Refused.Because(Unknown);
            }
            return Listed.Whole<LawChange>([.. ReleaseDiff.Of(before, after).Where(change => purpose is null || (change.After ?? change.Before)!.Purpose == purpose).Select(change => new LawChange(
                LawViews.Of(before, change.Before), LawViews.Of(after, change.After),
                [.. change.Members.Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName)], change.RewritesPast))]);
        });
}

/// <summary>What is shown of law data.</summary>
internal static class LawViews
{
    public static LawReleaseView Of(LawRelease law, string? purpose)
    {
        var rules = law.Rules.Where(rule => purpose is null || rule.Purpose == purpose).ToList();
        var named = purpose is null ? law.Instruments : [.. rules.Select(law.Instrument).DistinctBy(one => one.Id)];
        return new(law.Number, [.. named.Select(Of)], [.. rules.Select(rule => Of(law, rule)!)]);
    }

    private static LawInstrumentView Of(LawInstrument one) => new(
        one.Id, one.ShortName, one.FullTitle, one.Jurisdiction, one.Subject, one.From, one.To, one.Status.Code(), one.Source, one.Confidence.Code(), one.Note);

    public static AgeRuleView? Of(LawRelease law, AgeRule? rule) => rule is null
        ? null
        : new(
            rule.Id, rule.Jurisdiction, rule.Purpose, rule.Limit, rule.Sex, rule.InstrumentId, law.Instrument(rule).ShortName, rule.From, rule.To,
            rule.Precision.Code(), rule.Kind.Code(), rule.VerifyBy, rule.Note, rule.Confidence.Code());
}
