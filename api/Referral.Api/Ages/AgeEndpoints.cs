using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Is she a child; and who said that it is not so, or decided it.</summary>
internal static class AgeEndpoints
{
    private const string Identity = "identity";
    private const string Contact = "contact";

    public static void MapAges(this IEndpointRouteBuilder api)
    {
        var victims = api.MapGroup("/victims/{id}").WithTags("Ages");
        victims.MapGet("/age", GetAsync).May(Permissions.ReadCases)
            .WithName("getAge")
            .WithSummary("Ask whether she is a child")
            .WithDescription("One row for each purpose of a law and each place (home, where she is, where it happened), each with its law, and one answer that holds wherever a rule protects children. A day that is over is answered from what was known at its end: with the same `asOf` and `release` the answer is the same for ever. For whoever may open her identity; her home only for whoever may open the contact, an act only for whoever may open the incident. A read that is recorded.")
            .Refuses(Unreadable, Unknown, RuleBroken);
        victims.MapGet("/age-determinations", ListAsync).May(Permissions.ReadCases)
            .WithName("listAgeDeterminations")
            .WithSummary("List who disputed or decided her age")
            .WithDescription("Newest first, with their words; the newest stands. A read that is recorded.")
            .Refuses(Unreadable, Unknown);
        victims.MapPost("/age-disputes", DisputeAsync).May(Permissions.WriteCases)
            .WithName("disputeAge")
            .WithSummary("Dispute her age")
            .WithDescription("Somebody says that she is older or younger than what is written. From this moment she is treated as a child in every rule that protects, until an officer has decided.")
            .Refuses(Unreadable, Unknown, RuleBroken, IdTaken, KeyReused);
        victims.MapPost("/age-determinations", DetermineAsync).May(Permissions.DetermineAge)
            .WithName("determineAge")
            .WithSummary("Decide her age")
            .WithDescription("By a supervisor of the case who has not disputed it. It names the evidence (items `age_evidence`) on which it rests and what is set aside; the age is what the strongest of it says, in the order of the Juvenile Justice System Act 2018, section 8. Where pieces of one strength disagree the doubt protects. What could decide may not be passed over. An earlier decision is superseded, not changed.")
            .Refuses(Unreadable, Unknown, AgeRefusals.OwnDispute, RuleBroken, IdTaken, KeyReused);
    }

    internal static Task<Results<Ok<AgeView>, Refused>> GetAsync(
        Id id, Call call, Keys keys, Laws laws, [Past] DateOnly? asOf, [Within(1, 1_000_000)] int? release, [CodeOf("law_purpose")] string? purpose) =>
        call.ChangeAsync<Results<Ok<AgeView>, Refused>>(async work =>
        {
            if (await RecordStore.MayOpenAsync(work, id, Identity, call.Cancellation) is not { } seen
                || await laws.FindApprovedAsync(work, release, call.Cancellation) is not { } law)
            {
                return Refused.Because(Unknown);
            }
            var day = asOf ?? Karachi.DateOf(work.Now);
            var (facts, knownAt) = await Ages.AsOfAsync(work, keys, id, day, call.Cancellation);
            var mayHome = await RecordStore.MayOpenAsync(work, id, Contact, call.Cancellation) is not null;
            var acts = await RecordStore.OpenableAsync(work, id, [.. facts.Acts.Select(act => act.RecordId)], call.Cancellation);
            var questions = facts.Questions(day, mayHome, acts);
            await Turns.HoldAsync(work, id, seen, call.Cancellation);
            await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.AgeRead,
                SubjectKind = "victim",
                SubjectId = id,
                VictimId = id,
                AccessVersion = seen,
                Groups = [Identity, .. mayHome ? [Contact] : Array.Empty<string>(), .. acts.Count > 0 ? [ItemKinds.Group] : Array.Empty<string>()],
                Facts = [("asOf", day.ToString("O", System.Globalization.CultureInfo.InvariantCulture)), ("release", $"{law.Number}")],
            }, call.Cancellation);
            return TypedResults.Ok(View(law, facts, knownAt, day, questions, mayHome, purpose));
        });

    private static AgeView View(
        LawRelease law, AgeFacts facts, DateTimeOffset knownAt, DateOnly day, IReadOnlyList<AgeQuestion> questions, bool mayHome, string? purpose)
    {
        var age = facts.Age;
        var range = age.RangeOn(day);
        var (asChild, reason) = AgeAnswers.Protective(age, day);
        AgePlace[] notKnown = [.. mayHome && facts.Home is null ? [AgePlace.Home] : Array.Empty<AgePlace>(), .. facts.Acts.Count == 0 ? [AgePlace.Act] : Array.Empty<AgePlace>()];
        return new AgeView(
            day, law.Number, knownAt, age.BandOn(day).Code, age.Status, range?.Least, range?.Most, new ProtectiveView(asChild, reason.Code()),
            [.. AgeAnswers.Rows(law, age, facts.Sex, questions, purpose).Select(row => new AgeRowView(
                row.Question.Place.Code(), row.Question.District!, row.Question.Province, row.Question.On, row.Question.RecordId,
                row.Purpose, row.Answer.Code(), row.Law.Status.Code(), LawViews.Of(law, row.Law.Rule), row.Benchmark?.Limit))],
            [.. notKnown.Select(place => place.Code())]);
    }

    internal static Task<Results<Listed<AgeDecisionView>, Refused>> ListAsync(Id id, Call call, Keys keys, Paging paging) =>
        call.ChangeAsync<Results<Listed<AgeDecisionView>, Refused>>(async work =>
        {
            if (await RecordStore.MayOpenAsync(work, id, Identity, call.Cancellation) is not { } seen)
            {
                return Refused.Because(Unknown);
            }
            var rows = await AgeStore.ListAsync(work, id, paging, call.Cancellation);
            await Turns.HoldAsync(work, id, seen, call.Cancellation);
            await AppendAsync(work, JournalActions.AgeRead, id, id, seen, call.Cancellation);
            Guid? newest = paging.After is null && rows is [var first, ..] ? first.Id : null;
            return Listed.Of(rows, paging, row => new Cursor(row.At, row.Id), row => View(row, keys, row.Id == newest));
        });

    internal static Task<Results<Made<AgeDecisionView>, Refused>> DisputeAsync(Id id, AgeDispute dispute, Call call, Keys keys) =>
        DecideAsync(id, dispute.Id, AgeDecision.Dispute, call, keys, (_, _) => Task.FromResult((Decision: (AgeDecision?)new AgeDecision(dispute.Reason, [], [], null), Refusal: (Refusal?)null)));

    internal static Task<Results<Made<AgeDecisionView>, Refused>> DetermineAsync(Id id, AgeDetermination asked, Call call, Keys keys) =>
        DecideAsync(id, asked.Id, AgeDecision.Determination, call, keys, async (work, earlier) =>
        {
            if (earlier.TakeWhile(one => one.Kind == AgeDecision.Dispute).Any(one => one.DecidedBy == call.Caller.PrincipalId))
            {
                return (null, new Refusal(AgeRefusals.OwnDispute));
            }
            var proofs = (await RecordStore.EvidenceAsync(work, id, call.Cancellation)).Select(record => ItemKinds.ProofOf(record, keys)).ToList();
            var (age, errors) = Determinations.Decide(proofs, asked.RestsOn, asked.SetAside ?? []);
            return age is null
                ? (null, new Refusal(RuleBroken) { Errors = errors })
                : (new AgeDecision(asked.Reason, asked.RestsOn, asked.SetAside ?? [], new DecidedBirth(age.EarliestBirth!.Value, age.LatestBirth!.Value, age.Evidence!)), null);
        });

    /// <summary>The row, the journal, what the case shows and whoever must know: in one transaction, in the design's order of checks.</summary>
    private static Task<Results<Made<AgeDecisionView>, Refused>> DecideAsync(
        Id id, Guid? asked, string kind, Call call, Keys keys,
        Func<Work, IReadOnlyList<StoredDecision>, Task<(AgeDecision? Decision, Refusal? Refusal)>> decide) =>
        call.ActAsync<Results<Made<AgeDecisionView>, Refused>>(
            async work =>
            {
                if (await VictimStore.FindCaseAsync(work, id, call.Cancellation) is not { } victim)
                {
                    return Unknown;
                }
                var earlier = await AgeStore.DecisionsAsync(work, id, call.Cancellation);
                var (decision, refusal) = await decide(work, earlier);
                if (decision is null)
                {
                    return refusal!;
                }
                // Flags and bases may follow: her turn comes first.
                var turn = await Turns.TakeAsync(work, victim.Id, victim.AccessVersion, call.Cancellation);
                var decisionId = asked ?? Ids.New(work.Now);
                var body = keys.Seal(victim.Key, StoredDecision.PlaceOf(decisionId), decision, AgeJson.Default.AgeDecision);
                try
                {
                    await AgeStore.InsertDecisionAsync(work, decisionId, victim.Id, (earlier is [var last, ..] ? last.N : 0) + 1, kind, body, call.Cancellation);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_age_decisions"))
                {
                    return IdTaken;
                }
                var action = kind == AgeDecision.Dispute ? JournalActions.AgeDisputed : JournalActions.AgeDetermined;
                var row = await AppendAsync(work, action, victim.Id, victim.Id, turn, call.Cancellation);
                await Ages.FollowAsync(work, keys, victim.Id, call.Cancellation);
                var notice = new Notice(action, row, "victim", victim.Id, victim.Id);
                await Notifications.TellSendersAsync(work, victim.LeadAgencyId, notice, call.Cancellation);
                await Notifications.TellSupervisorsAsync(work, victim.LeadAgencyId, notice, call.Cancellation);
                return Done.Made(decisionId);
            },
            async (work, done) => await VictimStore.FindCaseAsync(work, id, call.Cancellation) is not null
                && await AgeStore.DecisionsAsync(work, id, call.Cancellation) is var all && all.FirstOrDefault(row => row.Id == done.ResourceId) is { } made
                ? new Made<AgeDecisionView>($"/api/v1/victims/{id.Value}/age-determinations", View(made, keys, made == all[0]))
                : Refused.Because(Unknown),
            refused => refused);

    private static AgeDecisionView View(StoredDecision row, Keys keys, bool stands)
    {
        var said = AgeFactsReader.Open(keys, row);
        return new AgeDecisionView(
            row.Id, row.Kind, row.At, row.DecidedName is { } name ? new WorkerRef(row.DecidedBy, name) : null, new Ref(row.AgencyId, row.NameEn, row.NameUr),
            said.Reason, said.RestsOn, said.SetAside, said.Birth?.Evidence, said.Birth?.Earliest, said.Birth?.Latest, stands);
    }

    private static Task<Guid> AppendAsync(Work work, string action, Guid subjectId, Guid victimId, long turn, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = "victim",
            SubjectId = subjectId,
            VictimId = victimId,
            AccessVersion = turn,
            Groups = [Identity],
        }, cancellation);
}
