namespace NationalReferral.Tests;

/// <summary>Who may end a transfer, and how: every state, action and side.</summary>
public sealed class TransferTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    [Test]
    public void The_side_that_was_asked_answers_and_the_side_that_asked_takes_back(
        [Values] TransferAskedBy askedBy, [Values] TransferState state, [Values] TransferAction action, [Values] bool leads, [Values] bool receives)
    {
        var transfer = Of(askedBy) with { State = state };
        var asked = askedBy == TransferAskedBy.Offer ? receives : leads;
        var asks = askedBy == TransferAskedBy.Offer ? leads : receives;
        bool? stays = askedBy == TransferAskedBy.Request && action == TransferAction.Accept ? true : null;

        var refusal = transfer.Attempt(action, new(leads, receives), stays, null, Now, out var after);

        var expected = state != TransferState.Open ? "transfer_ended" : (action == TransferAction.Revoke ? asks : asked) ? null : "other_party_acts";
        Assert.That(refusal?.Kind.Code, Is.EqualTo(expected));
        Assert.That(transfer.AllowedActions(new(leads, receives)).Contains(action), Is.EqualTo(expected is null));
        Assert.That(after, expected is null
            ? Is.EqualTo(transfer with { State = Ended(action), Stays = stays ?? transfer.Stays, EndedAt = Now, Version = 2 })
            : Is.SameAs(transfer));
    }

    [Test]
    public void What_ended_by_itself_cannot_be_answered([Values(TransferState.Expired, TransferState.CaseClosed)] TransferState state)
    {
        var ended = Of(TransferAskedBy.Offer).End(state, Now);

        Assert.That((ended.State, ended.EndedAt, ended.Version), Is.EqualTo((state, (DateTimeOffset?)Now, 2L)));
        Assert.That(ended.Attempt(TransferAction.Accept, new(true, true), null, null, Now, out _)?.Kind.Code, Is.EqualTo("transfer_ended"));
    }

    [TestCase(TransferAskedBy.Offer)]
    [TestCase(TransferAskedBy.Request)]
    public void Whoever_is_asked_answers(TransferAskedBy askedBy)
    {
        var transfer = Of(askedBy);

        Assert.That(transfer.AskedAgencyId, Is.EqualTo(askedBy == TransferAskedBy.Offer ? transfer.ToAgencyId : transfer.FromAgencyId));
    }

    [TestCase(TransferAskedBy.Offer, null, null)]
    [TestCase(TransferAskedBy.Offer, true, "not_taken")]
    [TestCase(TransferAskedBy.Request, null, "required")]
    [TestCase(TransferAskedBy.Request, false, null)]
    public void The_lead_says_once_whether_it_stays(TransferAskedBy askedBy, bool? stays, string? fault)
    {
        var refusal = Of(askedBy).Attempt(TransferAction.Accept, new(true, true), stays, null, Now, out _);

        Assert.That(refusal?.Errors.Single().Code, Is.EqualTo(fault));
        Assert.That(refusal?.Errors.Single().Pointer, Is.EqualTo(fault is null ? null : "/stays"));
    }

    [TestCase(TransferAskedBy.Offer, true, false, true)]
    [TestCase(TransferAskedBy.Offer, false, true, false)]
    [TestCase(TransferAskedBy.Request, true, false, false)]
    [TestCase(TransferAskedBy.Request, false, true, true)]
    public void Nobody_offers_the_case_of_another_or_asks_for_somebody_else(TransferAskedBy askedBy, bool leads, bool receives, bool may) =>
        Assert.That(Transfer.MayAsk(askedBy, new(leads, receives)), Is.EqualTo(may));

    private static TransferState Ended(TransferAction action) => action switch
    {
        TransferAction.Accept => TransferState.Accepted,
        TransferAction.Decline => TransferState.Declined,
        _ => TransferState.Revoked,
    };

    private static Transfer Of(TransferAskedBy askedBy) => new()
    {
        Id = Guid.CreateVersion7(),
        VictimId = Guid.CreateVersion7(),
        FromAgencyId = Guid.CreateVersion7(),
        ToAgencyId = Guid.CreateVersion7(),
        AskedBy = askedBy,
        Stays = askedBy == TransferAskedBy.Offer ? false : null,
    };
}
