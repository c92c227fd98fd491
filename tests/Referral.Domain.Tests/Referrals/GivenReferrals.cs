namespace NationalReferral.Tests;

/// <summary>A valid referral between two agencies, and the people who act on it.</summary>
internal static class GivenReferrals
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);
    public static readonly Guid Police = new("11111111-0000-0000-0000-000000000001");
    public static readonly Guid Shelter = new("22222222-0000-0000-0000-000000000002");

    public static readonly Actor Sender = new(true, false);
    public static readonly Actor Provider = new(false, true);
    public static readonly Actor Outsider = new(false, false);

    public static readonly string[] Unlimited = [];
    public static readonly string[] GirlsAndBoys = ["girls", "boys"];

    /// <summary>Everything that any move asks for, cut down to what <paramref name="move"/> takes.</summary>
    public static Given EverythingFor(Move move)
    {
        bool Takes(string name) => move.Needs.Any(n => n.Name == name);
        return new Given
        {
            Question = Takes("question") ? "Does she use a wheelchair?" : null,
            Answer = Takes("answer") ? "No." : null,
            Population = Takes("population") ? "girls" : null,
            Reason = Takes("reason") ? "other" : null,
            At = Takes("at") ? Now : null,
            Outcome = Takes("outcome") ? "need_met" : null,
            PlannedAt = Takes("plannedAt") ? Now.AddHours(3) : null,
            PlannedEndAt = Takes("plannedEndAt") ? Now.AddDays(30) : null,
            ReviewAt = Takes("reviewAt") ? Now.AddHours(20) : null,
            Escort = Takes("escort") ? "The head constable and a woman of the shelter." : null,
            Waited = Takes("waited") ? "The night warden, until eleven." : null,
            Exit = Takes("exit") ? "to_sender" : null,
            SafeExit = Takes("safeExit") ? "The constable fetches her." : null,
            ServiceId = Takes("serviceId") ? new Guid("33333333-0000-0000-0000-000000000003") : null,
        };
    }

    public static Referral GivenReferral(Func<Referral, Referral>? change = null)
    {
        var referral = new Referral
        {
            Id = Guid.CreateVersion7(Now),
            VictimId = Guid.CreateVersion7(Now),
            NeedId = Guid.CreateVersion7(Now),
            ServiceId = Guid.CreateVersion7(Now),
            SenderAgencyId = Police,
            ProviderAgencyId = Shelter,
            AskedUrgency = Urgency.High,
            Urgency = Urgency.High,
            ChangedAt = Now.AddHours(-1),
            CreatedBy = Guid.CreateVersion7(Now),
        };
        return change is null ? referral : change(referral);
    }

    public static Referral InState(ReferralState state) => GivenReferral(r => r with
    {
        State = state,
        PriorState = state is ReferralState.InfoRequested or ReferralState.OnHold or ReferralState.CancelRequested ? ReferralState.Acknowledged : null,
        InfoRounds = state == ReferralState.InfoRequested ? 1 : 0,
    });

    public static Actor As(Party party) => party switch
    {
        Party.Sender => Sender,
        Party.Provider => Provider,
        Party.Either => new Actor(true, true),
        Party.Clock => Actor.Clock,
        Party.BasisEnd => Actor.BasisEnd,
        _ => new Actor(false, false, party),
    };
}
