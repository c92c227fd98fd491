using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>A length of time. Emergency and high run day and night; of the others a day is a working day, and an hour one in which the agency works.</summary>
public sealed record ClockSpan([property: Within(1, 1000)] int Amount, [property: CodeOf("length_unit")] string Unit);

/// <summary>How long one kind of deadline runs, by urgency.</summary>
/// <param name="Category">For one category of help; null: for all that have no row of their own.</param>
public sealed record ClockLengthRow(
    [property: CodeOf("clock_kind")] string Kind, ClockSpan Emergency, ClockSpan High, ClockSpan Medium, ClockSpan Low,
    [property: CodeOf("service_category")] string? Category = null);

/// <summary>All that is set here: what is not among it is what the country says, or the product.</summary>
public sealed record ClockLengthsDraft([property: Most(100)] IReadOnlyList<ClockLengthRow> Items);

/// <param name="Items">What is set here.</param>
/// <param name="Applies">What deadlines are given that begin now; a row of a category goes before that of all.</param>
public sealed record ClockLengthsView([property: Most(100)] IReadOnlyList<ClockLengthRow> Items, [property: Most(1000)] IReadOnlyList<ClockLengthRow> Applies);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClockLengthsDraft))]
[JsonSerializable(typeof(ClockLengthsView))]
internal sealed partial class ClockLengthJson : JsonSerializerContext;

/// <summary>Lengths of deadlines are data (design: clocks): the product's, the country's, an agency's, for all help or for one category.</summary>
internal static class ClockLengthEndpoints
{
    private const string Days = "days";
    private const string Hours = "hours";

    public static void MapClockLengths(this IEndpointRouteBuilder api)
    {
        var country = api.MapGroup("/clock-lengths").WithTags("Clocks");
        country.MapGet("", (Call call) => GetAsync(null, call)).May(Permissions.ReadDirectory)
            .WithName("getClockLengths")
            .WithSummary("Read how long deadlines run")
            .WithDescription("In the whole country: what is set, and what applies where no agency has another length.");
        country.MapPut("", (ClockLengthsDraft draft, Call call) => PutAsync(null, draft, call)).May(Permissions.SetClockLengths)
            .WithName("putClockLengths")
            .WithSummary("Set how long deadlines run")
            .WithDescription("Replaces what is set for the country; without a row the product's own length applies. At most twice that, and 30 working days, and nothing urgent later than what is less urgent. Deadlines that run already keep what they were given.")
            .Refuses(Unreadable, MatchRequired, Stale, RuleBroken);
        var agency = api.MapGroup("/agencies/{id}/clock-lengths").WithTags("Clocks");
        agency.MapGet("", (Id id, Call call) => GetAsync(id, call)).May(Permissions.ReadDirectory)
            .WithName("getAgencyClockLengths")
            .WithSummary("Read how long deadlines of an agency run")
            .WithDescription("What is set for it, and what applies: of its own, of agencies above it, and of the country the nearest.")
            .Refuses(Unknown);
        agency.MapPut("", (Id id, ClockLengthsDraft draft, Call call) => PutAsync(id, draft, call)).May(Permissions.SetClockLengths)
            .WithName("putAgencyClockLengths")
            .WithSummary("Set how long deadlines of an agency run")
            .WithDescription("Of it and its units, for what they have to do. An agency does not give itself more time: a system administrator does. Otherwise like those of the country.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, RuleBroken);
    }

    private static Task<Results<Found<ClockLengthsView>, Refused>> GetAsync(Guid? agencyId, Call call) =>
        call.ReadAsync<Results<Found<ClockLengthsView>, Refused>>(async work =>
            await IsThereAsync(work, agencyId, call.Cancellation) ? await FindAsync(work, agencyId, call.Cancellation) : Refused.Because(Unknown));

    private static Task<Results<Found<ClockLengthsView>, Refused>> PutAsync(Guid? agencyId, ClockLengthsDraft draft, Call call) =>
        call.ChangeAsync<Results<Found<ClockLengthsView>, Refused>>(async work =>
        {
            if (!await IsThereAsync(work, agencyId, call.Cancellation))
            {
                return Refused.Because(Unknown);
            }
            SetLength[] before = [.. (await ClockLengthStore.AboveAsync(work, agencyId, call.Cancellation)).Where(one => one.AgencyId == agencyId)];
            if (call.Mismatch(TagOf(before)) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (Faults(draft).ToArray() is { Length: > 0 } faults)
            {
                return Refused.Because(new Refusal(RuleBroken) { Errors = faults });
            }
            SetLength[] after = [.. draft.Items.Select(row => SetLength.Of(Ids.New(work.Now), agencyId, RuleOf(row), row.Category ?? string.Empty))];
            try
            {
                foreach (var gone in before.Where(old => !after.Any(old.Says)))
                {
                    await ClockLengthStore.DeleteAsync(work, gone.Id, call.Cancellation);
                    if (!after.Any(row => (row.Kind, row.Category) == (gone.Kind, gone.Category)))
                    {
                        await AppendAsync(work, gone, isSet: false, call.Cancellation);
                    }
                }
                foreach (var row in after.Where(row => !before.Any(row.Says)))
                {
                    await ClockLengthStore.InsertAsync(work, row, call.Cancellation);
                    await AppendAsync(work, row, isSet: true, call.Cancellation);
                }
            }
            catch (ConstraintViolation violation) when (violation.Is("uq_clock_lengths_country") || violation.Is("uq_clock_lengths_agency"))
            {
                return Refused.Because(Stale);
            }
            return await FindAsync(work, agencyId, call.Cancellation);
        });

    private static async Task<bool> IsThereAsync(Work work, Guid? agencyId, CancellationToken cancellation) =>
        agencyId is not { } id || (await AgencyRefs.OfAsync(work, [id], cancellation)).Count > 0;

    private static async Task<Found<ClockLengthsView>> FindAsync(Work work, Guid? agencyId, CancellationToken cancellation)
    {
        var above = await ClockLengthStore.AboveAsync(work, agencyId, cancellation);
        SetLength[] own = [.. above.Where(one => one.AgencyId == agencyId)];
        SetLength[] nearest = [.. above.GroupBy(one => (one.Kind, one.Category)).Select(same => same.MaxBy(one => one.Depth)!)];
        var usual = ClockRules.All.Where(rule => !nearest.Any(one => one.Kind == rule.Kind && one.Category.Length == 0)).Select(rule => Row(rule, string.Empty));
        return new Found<ClockLengthsView>(
            new ClockLengthsView([.. own.Select(Row)], [.. usual.Concat(nearest.Select(Row)).OrderBy(row => Codes.Parse<ClockKind>(row.Kind)).ThenBy(row => row.Category, StringComparer.Ordinal)]),
            TagOf(own));
    }

    private static IEnumerable<FieldError> Faults(ClockLengthsDraft draft)
    {
        var seen = new HashSet<(string, string?)>();
        foreach (var (i, row) in draft.Items.Index())
        {
            var kind = Codes.Parse<ClockKind>(row.Kind);
            if (!ClockRules.HasLength(kind))
            {
                yield return new FieldError($"/items/{i}/kind", "has_date");
                continue;
            }
            if (!seen.Add((row.Kind, row.Category)))
            {
                yield return new FieldError($"/items/{i}/kind", "named_twice");
            }
            if (row.Category is not null && !ClockRules.IsOfReferral(kind))
            {
                yield return new FieldError($"/items/{i}/category", "not_taken");
            }
            foreach (var (urgency, code) in ClockBounds.Faults(RuleOf(row)))
            {
                yield return new FieldError($"/items/{i}/{urgency.Code()}", code);
            }
        }
    }

    private static ClockRule RuleOf(ClockLengthRow row) => ClockRules.Of(Codes.Parse<ClockKind>(row.Kind)) with
    {
        Emergency = LengthOf(row.Emergency),
        High = LengthOf(row.High),
        Medium = LengthOf(row.Medium),
        Low = LengthOf(row.Low),
    };

    private static ClockLength LengthOf(ClockSpan span) => new(span.Amount, span.Unit == Days);

    private static ClockLengthRow Row(SetLength set) => Row(set.Rule, set.Category);

    private static ClockLengthRow Row(ClockRule rule, string category) => new(
        rule.Kind.Code(), Span(rule.Emergency), Span(rule.High), Span(rule.Medium), Span(rule.Low), category.Length == 0 ? null : category);

    private static ClockSpan Span(ClockLength length) => new(length.Amount, length.InDays ? Days : Hours);

    private static Tag TagOf(SetLength[] own) =>
        Tag.Of(own.Length, own.Select(one => $"{one.Kind.Code()} {one.Category} {one.Emergency} {one.High} {one.Medium} {one.Low}"));

    private static Task<Guid> AppendAsync(Work work, SetLength set, bool isSet, CancellationToken cancellation) => Journal.AppendAsync(work, new JournalEntry
    {
        Action = isSet ? JournalActions.ClockLengthSet : JournalActions.ClockLengthRemoved,
        SubjectKind = set.AgencyId is null ? "country" : "agency",
        SubjectId = set.AgencyId,
        Facts =
        [
            ("clock", set.Kind.Code()), ("category", set.Category.Length == 0 ? "all" : set.Category),
            ("emergency", set.Emergency), ("high", set.High), ("medium", set.Medium), ("low", set.Low),
        ],
    }, cancellation);
}
