using System.Text.Json.Serialization.Metadata;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Writes a story through the product's own verbs, each as the worker who would have done it and at its own time, so
/// that grants, clocks, notifications and journal are what the product itself writes.
/// </summary>
internal sealed class DemoWriter(Keys keys, SearchTokens tokens, CancellationToken cancellation)
{
    /// <param name="work">The unit of work that all of it belongs to.</param>
    /// <param name="story">What happened.</param>
    public async Task WriteAsync(Work work, DemoStory story)
    {
        var opening = work.As(story.Worker.Caller, story.OpenedAt);
        var victimId = Ids.New(opening.Now);
        await VictimEndpoints.WriteAsync(opening, victimId, story.Draft, null, opening.Now, keys, tokens, cancellation);
        var meeting = work.As(story.Worker.Caller, story.OpenedAt.AddMinutes(10));
        var incidentId = await RecordsAsync(meeting, victimId, story);
        var needId = await NeedAsync(meeting, victimId, story.Need);
        if (story.Consent is { } consent)
        {
            await ConsentAsync(work.As(story.Worker.Caller, story.OpenedAt.AddMinutes(25)), victimId, consent);
        }
        if (story.Journey is { } journey)
        {
            var referralId = await ReferralAsync(work.As(story.Worker.Caller, journey.CreatedAt), victimId, needId, incidentId, journey);
            foreach (var move in journey.Moves)
            {
                await MoveAsync(work, story, victimId, referralId, move);
            }
        }
    }

    /// <returns>The incident's id.</returns>
    private async Task<Guid> RecordsAsync(Work work, Guid victimId, DemoStory story)
    {
        var victim = await VictimStore.FindCaseAsync(work, victimId, cancellation) ?? throw new InvalidOperationException("A case is hidden from its own worker.");
        using var key = keys.Unwrap(victim.Key);
        if (story.Papers is { } papers)
        {
            var identity = await RecordStore.FindDocumentAsync(work, victimId, "identity", cancellation);
            await RecordStore.SaveAsync(work, keys, identity!, restricted: false, papers.Identity, VictimJson.Default.IdentityRecord, cancellation);
            await Identities.AfterAsync(work, keys, tokens, victimId, papers.Identity, cancellation);
            await AppendAsync(work, JournalActions.RecordChanged, identity!.Id, victim, "identity");
            await AddAsync(work, key, victim, "contact", "contact", papers.Contact, VictimJson.Default.ContactRecord);
            await Contacts.AfterAsync(work, keys, tokens, victimId, papers.Contact, cancellation);
            await AddAsync(work, key, victim, "demographics", "demographics", papers.Demographics, VictimJson.Default.DemographicsRecord);
            if (papers.Health is { } health)
            {
                await AddAsync(work, key, victim, "health", "health", health, VictimJson.Default.HealthRecord);
            }
            await AddAsync(work, key, victim, "screening", ItemKinds.Group, papers.Screening, VictimJson.Default.Item);
        }
        var incidentId = await AddAsync(work, key, victim, ItemKinds.Incident, ItemKinds.Group, story.Incident, VictimJson.Default.Item);
        await Ages.FollowAsync(work, keys, victimId, cancellation);
        return incidentId;
    }

    private async Task<Guid> AddAsync<T>(Work work, DataKey key, Victim victim, string kind, string group, T body, JsonTypeInfo<T> type) where T : ISealed
    {
        var id = Ids.New(work.Now);
        await RecordStore.InsertAsync(work, keys, key, id, victim.Id, kind, group, restricted: false, work.Now, body, type, cancellation);
        await AppendAsync(work, JournalActions.RecordAdded, id, victim, group);
        return id;
    }

    private Task<Guid> AppendAsync(Work work, string action, Guid recordId, Victim victim, string group) => Journal.AppendAsync(work, new JournalEntry
    {
        Action = action,
        SubjectKind = "record",
        SubjectId = recordId,
        VictimId = victim.Id,
        AccessVersion = victim.AccessVersion,
        Groups = [group],
    }, cancellation);

    private async Task<Guid> NeedAsync(Work work, Guid victimId, NeedDraft need)
    {
        var id = Ids.New(work.Now);
        await NeedStore.InsertAsync(work, id, victimId, need, cancellation);
        await Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.NeedAdded,
            SubjectKind = "need",
            SubjectId = id,
            VictimId = victimId,
            AccessVersion = 1,
            Facts = [("category", need.Category)],
        }, cancellation);
        return id;
    }

    private async Task ConsentAsync(Work work, Guid victimId, BasisDraft consent)
    {
        var victim = await Cases.FindAsync(work, victimId, cancellation);
        Must(await Recording.RecordAsync(work, keys, victim!, Ids.New(work.Now), consent, cancellation), "record a consent");
    }

    private async Task<Guid> ReferralAsync(Work work, Guid victimId, Guid needId, Guid incidentId, DemoJourney journey)
    {
        var draft = new ReferralDraft(
            victimId, needId, journey.Service.Id, journey.Groups, Population: journey.Service.Population,
            Records: journey.WithIncident ? [incidentId] : [], Note: journey.Note);
        var (prepared, refusal) = await Drafts.PrepareAsync(work, draft, keys, cancellation);
        Must(refusal, "draft a referral");
        var id = Ids.New(work.Now);
        await ReferralEndpoints.WriteAsync(work, id, draft, prepared!, keys, cancellation);
        return id;
    }

    private async Task MoveAsync(Work work, DemoStory story, Guid victimId, Guid referralId, DemoMove move)
    {
        var what = $"{move.Action.Code()} a referral";
        switch (move.Action)
        {
            case ReferralAction.Expire:
                await SpeakAsync(work.As(Caller.System, move.At), referralId);
                break;
            case ReferralAction.Withdraw:
                await WithdrawAsync(work.As(story.Worker.Caller, move.At), victimId, story.Consent!, move.Given.Reason!);
                await AttestAsync(work.As(DemoWorld.DeskOf(story.Journey!.Service.Agency).Caller, move.At.AddHours(5)), referralId);
                break;
            default:
                var worker = ReferralLifecycle.Moves.First(row => row.Action == move.Action).By switch
                {
                    Party.Sender => story.Worker,
                    Party.Supervisor => DemoWorld.SupervisorOf(story.Worker.Agency),
                    _ => DemoWorld.DeskOf(story.Journey!.Service.Agency),
                };
                var then = work.As(worker.Caller, move.At);
                var stored = await ReferralStore.FindAsync(then, referralId, cancellation);
                if (move.Action == ReferralAction.Arrive && stored!.AwaitsHandover)
                {
                    Must((await Handovers.WriteAsync(then, stored, Received(move.At), keys, cancellation)).Refusal, "receive a child");
                    stored = await ReferralStore.FindAsync(then, referralId, cancellation);
                }
                Must(await Actions.MoveAsync(then, stored!, move.Action, move.Given, keys, cancellation), what);
                break;
        }
    }

    private static HandoverDraft Received(DateTimeOffset at) =>
        new("arrival", "to_shelter", 1, at, "The officer who brought her", "Whoever was on duty", "At the gate", Belongings: "One bag");

    /// <summary>The clock says everything that it would have said on the way to its end.</summary>
    private async Task SpeakAsync(Work work, Guid referralId)
    {
        var clock = (await ClockStore.OpenAsync(work, referralId, cancellation)).First(open => open.Kind == ClockKind.Acknowledge);
        if (!await ClockJob.SpeakAsync(work, clock.Id, keys, cancellation))
        {
            throw new InvalidOperationException("The demo country could not let a deadline run out.");
        }
    }

    /// <summary>The provider says that it has deleted what it was shown.</summary>
    private async Task AttestAsync(Work work, Guid referralId)
    {
        foreach (var clock in await ClockStore.OpenAsync(work, referralId, cancellation))
        {
            await Clocks.DoneAsync(work, clock, cancellation);
        }
    }

    private async Task WithdrawAsync(Work work, Guid victimId, BasisDraft consent, string reason)
    {
        var victim = await Cases.FindAsync(work, victimId, cancellation);
        var basis = (await BasisStore.ListAsync(work, victimId, cancellation))[0];
        Must(await Withdrawing.WithdrawAsync(work, keys, victim!, basis, new Withdrawal(consent.GivenBy.Relation, reason), cancellation), "withdraw a consent");
    }

    /// <summary>The stories obey the rules: where they do not, the rules or the stories have changed.</summary>
    private static void Must(Refusal? refusal, string what)
    {
        if (refusal is not null)
        {
            var errors = string.Join(", ", refusal.Errors.Select(error => $"{error.Pointer} {error.Code}"));
            throw new InvalidOperationException($"The demo country could not {what}: {refusal.Kind.Code} {errors}");
        }
    }
}
