using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.ApprovalRefusals;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>
/// A new release of law data: one person proposes it and another decides, who reads what it changes. The same verb as every
/// approval, at the release's own address: it is about nobody's case (api/decisions/0014).
/// </summary>
internal static class LawProposals
{
    private const string Subject = "law_release";

    public static void MapLawProposals(this IEndpointRouteBuilder law)
    {
        law.MapPost("/releases", ProposeAsync).May(Permissions.KeepLaw)
            .WithName("proposeLawRelease")
            .WithSummary("Propose a release of law data")
            .WithDescription("What is said anew, by the ids of the newest release, and what is new: instruments and rules, each whole. All else stays as it is there, so that nothing goes missing; a rule ends, and another begins. Its number is the next one. It answers nothing until a second person approves it; one waits at a time.")
            .Refuses(Unreadable, ApprovalOpen, RuleBroken, KeyReused);
        law.MapGet("/proposals", ListAsync).May(Permissions.KeepLaw)
            .WithName("listLawProposals")
            .WithSummary("List the releases that were proposed")
            .WithDescription("Newest first, with who proposed and who decided each, and what the caller may say now. What each changes is read at `/law/releases/{number}/changes`.");
        law.MapPost("/releases/{number}/decide", DecideAsync).May(Permissions.KeepLaw).AfterSigningIn()
            .WithName("decideLawRelease")
            .WithSummary("Approve or refuse a release of law data")
            .WithDescription("Who proposes never decides. From the yes on it answers every question that names no other release. A refusal says why, to whoever proposed it.")
            .Refuses(Unreadable, Unknown, ApprovalEnded, OwnProposal, ReferralRefusals.NeedsMissing, KeyReused);
        law.MapPost("/releases/{number}/withdraw", WithdrawAsync).May(Permissions.KeepLaw)
            .WithName("withdrawLawRelease")
            .WithSummary("Take back a release that one has proposed")
            .WithDescription("By whoever proposed it, while nobody has decided. Its number is not given again.")
            .Refuses(Unreadable, Unknown, ApprovalEnded, ReferralRefusals.OtherPartyActs, KeyReused);
    }

    internal static Task<Results<Made<LawProposalView>, Refused>> ProposeAsync(LawReleaseDraft draft, Call call, Laws laws, Districts districts) =>
        call.ActAsync<Results<Made<LawProposalView>, Refused>>(
            async work =>
            {
                var all = await LawStore.ProposalsAsync(work, call.Cancellation);
                if (all.Any(one => one.State == Proposed))
                {
                    return ApprovalOpen;
                }
                var before = await laws.FindAsync(work, null, call.Cancellation) ?? LawRelease.None;
                var places = districts.Provinces.Select(province => province.Code).ToHashSet(StringComparer.Ordinal);
                var faults = ReleaseRules.Follow(
                    before, all.Max(one => one.Number) + 1, [.. draft.Instruments.Select(one => one.ToInstrument())], [.. draft.Rules.Select(one => one.ToRule())], places, out var release);
                if (release is null)
                {
                    return new Refusal(RuleBroken) { Errors = faults };
                }
                var id = Ids.New(work.Now);
                await LawStore.InsertAsync(work, id, release, draft.Note.Trim(), approvedAt: null, call.Cancellation);
                await AppendAsync(work, JournalActions.LawProposed, id, release.Number, call.Cancellation);
                return Done.Made(id);
            },
            async (work, done) => await LawStore.ProposalAsync(work, done.ResourceId!.Value, call.Cancellation) is { } made
                ? new Made<LawProposalView>($"/api/v1/law/releases/{made.Number}", View(made, call.Caller))
                : Refused.Because(Unknown),
            refused => refused);

    internal static Task<Listed<LawProposalView>> ListAsync(Call call) =>
        call.ReadAsync(async work => Listed.Whole<LawProposalView>([.. (await LawStore.ProposalsAsync(work, call.Cancellation)).Select(one => View(one, call.Caller))]));

    internal static Task<Results<Found<LawProposalView>, Refused>> DecideAsync([Within(1, 1_000_000)] int number, LawVerdict verdict, Call call) =>
        MoveAsync(number, call, verdict.Line?.Trim(), (caller, asked, hasLine, now) =>
        {
            var refusal = asked.Attempt(Codes.Parse<ApprovalDecision>(verdict.Decision), caller, decides: true, hasLine, now, out var after);
            return (refusal, after);
        });

    internal static Task<Results<Found<LawProposalView>, Refused>> WithdrawAsync([Within(1, 1_000_000)] int number, Call call) =>
        MoveAsync(number, call, null, (caller, asked, _, now) =>
        {
            var refusal = asked.AttemptTakeBack(caller, now, out var after);
            return (refusal, after);
        });

    private static Task<Results<Found<LawProposalView>, Refused>> MoveAsync(
        int number, Call call, string? line, Func<Guid, Approval, bool, DateTimeOffset, (Refusal?, Approval)> attempt) =>
        call.ActAsync<Results<Found<LawProposalView>, Refused>>(
            async work =>
            {
                if ((await LawStore.ProposalsAsync(work, call.Cancellation)).FirstOrDefault(one => one.Number == number) is not { } stored)
                {
                    return Unknown;
                }
                var (refusal, after) = attempt(call.Caller.PrincipalId, stored.ToApproval(), !string.IsNullOrWhiteSpace(line), work.Now);
                if (refusal is not null)
                {
                    return refusal;
                }
                if (!await LawStore.DecideAsync(work, after, CodeOf(after.State), line, stored.Version, call.Cancellation))
                {
                    throw new ChangedMeanwhileException();
                }
                await AppendAsync(work, ActionOf(after.State), stored.Id, number, call.Cancellation);
                return Done.Changed(stored.Id);
            },
            async (work, done) => await LawStore.ProposalAsync(work, done.ResourceId!.Value, call.Cancellation) is { } moved
                ? new Found<LawProposalView>(View(moved, call.Caller), Tag.Of(moved.Version))
                : Refused.Because(Unknown),
            refused => refused);

    public const string Proposed = "proposed";

    /// <summary>Set law_release_state.</summary>
    private static string CodeOf(ApprovalState state) => state == ApprovalState.Open ? Proposed : state.Code();

    private static string ActionOf(ApprovalState state) => state switch
    {
        ApprovalState.Approved => JournalActions.LawApproved,
        ApprovalState.Withdrawn => JournalActions.LawWithdrawn,
        _ => JournalActions.LawRefused,
    };

    private static LawProposalView View(StoredProposal one, Caller caller) => new(
        one.Number, one.State, one.Note,
        one is { ProposedBy: { } by, ProposedName: { } name } ? new WorkerRef(by, name) : null, one.ProposedAt,
        one is { DecidedBy: { } second, DecidedName: { } secondName } ? new WorkerRef(second, secondName) : null, one.DecidedAt ?? one.ApprovedAt, one.Line,
        one.ProposedBy == caller.PrincipalId && one.State == Proposed,
        [.. one.ToApproval().AllowedDecisions(caller.PrincipalId, decides: true).Where(decision => decision != ApprovalDecision.SendBack).Select(decision => decision.Code())]);

    private static Task<Guid> AppendAsync(Work work, string action, Guid id, int number, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = Subject,
            SubjectId = id,
            Facts = [("number", number.ToString(System.Globalization.CultureInfo.InvariantCulture))],
        }, cancellation);
}
