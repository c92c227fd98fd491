using static NationalReferral.Tests.GivenReferrals;

namespace NationalReferral.Tests;

/// <summary>The table against the contract, both ways, and every (state, action, party) against what may happen.</summary>
public sealed class LifecycleTests
{
    private static readonly Party[] SingleParties = [.. Enum.GetValues<Party>().Where(p => p != Party.Either)];

    [Test]
    public void The_table_says_what_the_contract_says()
    {
        Assert.That(ReferralLifecycle.Moves.Select(LineOf), Is.EquivalentTo(ContractMove.All.Select(m => m.Line)));
    }

    [Test]
    public void No_action_starts_twice_from_one_state()
    {
        var starts = ReferralLifecycle.Moves.SelectMany(m => m.From, (m, from) => (from, (ReferralState?)null, m.Action))
            .Concat(ReferralLifecycle.Moves.SelectMany(m => m.HeldFrom ?? [], (m, prior) => (ReferralState.OnHold, (ReferralState?)prior, m.Action)))
            .ToArray();

        Assert.That(starts, Is.Unique);
    }

    [Test]
    public void Every_state_action_and_party_does_what_the_contract_says(
        [ValueSource(nameof(Stands))] Stand stand, [Values] ReferralAction action, [ValueSource(nameof(SingleParties))] Party party)
    {
        var referral = stand.Referral;
        var expected = ContractMove.All.SingleOrDefault(m => m.Action == action.Code() && m.StartsFrom(stand.State.Code(), stand.Prior?.Code()));
        var given = referral.Find(action) is { } move ? EverythingFor(move) : Given.Nothing;

        var refusal = referral.Attempt(action, As(party), given, GirlsAndBoys, Now, out var after);

        if (expected is null)
        {
            Assert.That(refusal?.Kind, Is.EqualTo(ReferralRefusals.IllegalMove));
            Assert.That(after, Is.SameAs(referral));
        }
        else if (!expected.IsBy(party.Code()) && !(expected.By == "either" && party is Party.Sender or Party.Provider))
        {
            Assert.That(refusal?.Kind, Is.EqualTo(ReferralRefusals.OtherPartyActs));
            Assert.That(after, Is.SameAs(referral));
        }
        else
        {
            Assert.That(refusal, Is.Null);
            Assert.That(after.State.Code(), Is.EqualTo(expected.To ?? (stand.Prior ?? ReferralState.Acknowledged).Code()));
            Assert.That(after.Version, Is.EqualTo(referral.Version + 1));
        }
    }

    [Test]
    public void Allowed_actions_are_those_that_are_not_refused([ValueSource(nameof(Stands))] Stand stand, [ValueSource(nameof(SingleParties))] Party party)
    {
        bool IsBy(ContractMove move) => move.IsBy(party.Code()) || (move.By == "either" && party is Party.Sender or Party.Provider);

        var allowed = stand.Referral.AllowedActions(As(party)).Select(m => m.Action.Code());

        Assert.That(allowed, Is.EquivalentTo(ContractMove.All.Where(m => IsBy(m) && m.StartsFrom(stand.State.Code(), stand.Prior?.Code())).Select(m => m.Action)));
    }

    /// <summary>Every state, and those that remember another with each that they may remember.</summary>
    private static IEnumerable<Stand> Stands() => Enum.GetValues<ReferralState>().SelectMany(state => state switch
    {
        ReferralState.OnHold => [new(state, ReferralState.Submitted), new(state, ReferralState.Acknowledged), new(state, ReferralState.Accepted), new(state, ReferralState.InService)],
        ReferralState.CancelRequested => [new(state, ReferralState.Accepted), new(state, ReferralState.NoShow), new(state, ReferralState.InService)],
        _ => new Stand[] { new(state, null) },
    });

    public sealed record Stand(ReferralState State, ReferralState? Prior)
    {
        internal Referral Referral => Prior is null ? InState(State) : InState(State) with { PriorState = Prior };

        public override string ToString() => Prior is null ? State.Code() : $"{State.Code()} from {Prior.Value.Code()}";
    }

    [Test]
    public void Codes_are_those_of_the_reference_data()
    {
        using var taxonomies = Repository.Json("api/Referral.Api/Reference/taxonomies.json");
        string[] Set(string name) =>
            [.. taxonomies.RootElement.GetProperty("sets").GetProperty(name).GetProperty("codes").EnumerateArray().Select(c => c.GetProperty("code").GetString()!)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Codes.All<ReferralState>(), Is.EqualTo(Set("referral_state")));
            Assert.That(Codes.All<ReferralPhase>(), Is.EqualTo(Set("referral_phase")));
            Assert.That(Codes.All<ReferralAction>(), Is.EquivalentTo(Set("referral_action")));
            Assert.That(Codes.All<Party>(), Is.EqualTo(Set("party")));
            Assert.That(Codes.All<Urgency>(), Is.EqualTo(Set("urgency")));
            Assert.That(Codes.All<ClockKind>(), Is.EqualTo(Set("clock_kind")));
            Assert.That(Codes.All<ClockState>(), Is.EqualTo(Set("clock_state")));
            Assert.That(ReferralLifecycle.Moves.SelectMany(m => m.Needs).Where(n => n.Set is not null).Select(n => Set(n.Set!)), Is.All.Not.Empty);
        }
    }

    private static string LineOf(Move move) => new ContractMove(
        move.Action.Code(),
        [.. move.From.Select(s => s.Code())],
        move.To?.Code(),
        move.By.Code(),
        [.. move.Needs.Select(n => $"{n.Name} {n.Kind.Code()} {Letter(n.Rule)} {n.Set}".TrimEnd())],
        [.. move.Clocks.Select(c => $"{c.Verb.Code()} {c.Clock.Code()}")],
        move.Place.Code(),
        move.Access.Code(),
        move.Event,
        move.OrBy?.Code(),
        move.HeldFrom is null ? null : [.. move.HeldFrom.Select(s => s.Code())]).Line;

    private static string Letter(NeedRule rule) => rule switch
    {
        NeedRule.Always => "r",
        NeedRule.WherePlacesAreCounted => "p",
        _ => "o",
    };
}
