namespace NationalReferral;

/// <summary>Which parties of one referral somebody may act for. Nobody at all: the referral is only seen.</summary>
public sealed record Actor(bool Sends, bool Provides, Party? System = null)
{
    /// <summary>Time, when a deadline has run out.</summary>
    public static Actor Clock { get; } = new(false, false, Party.Clock);

    /// <summary>The end of the last basis. Never a caller.</summary>
    public static Actor BasisEnd { get; } = new(false, false, Party.BasisEnd);

    /// <summary>A supervisor on the sender's side.</summary>
    public bool Supervises { get; init; }

    /// <summary>A protection officer to whom a missed deadline brought the referral.</summary>
    public bool Oversees { get; init; }

    /// <summary>True when the sender speaks for a provider that has no account: the answer is counted apart.</summary>
    public bool SpeaksForProvider { get; init; }

    /// <summary>
    /// A party is the unit on the referral or, for a supervisor, any ancestor of that unit (design: words).
    /// </summary>
    /// <param name="unit">The unit the caller acts in.</param>
    /// <param name="senderAbove">The sender's unit and every agency above it.</param>
    /// <param name="providerAbove">The provider's unit and every agency above it.</param>
    /// <param name="providerHasAccount">False: nobody there can sign in, so the sender records the answers.</param>
    public static Actor Of(
        Guid unit, bool supervises, Referral referral, IReadOnlyCollection<Guid> senderAbove, IReadOnlyCollection<Guid> providerAbove, bool providerHasAccount)
    {
        return Of(
            unit == referral.SenderAgencyId || (supervises && senderAbove.Contains(unit)),
            unit == referral.ProviderAgencyId || (supervises && providerAbove.Contains(unit)),
            providerHasAccount);
    }

    /// <summary>The same where the database has already said on which sides the caller stands.</summary>
    public static Actor Of(bool sends, bool provides, bool providerHasAccount)
    {
        var speaks = sends && !provides && !providerHasAccount;
        return new Actor(sends, provides || speaks) { SpeaksForProvider = speaks };
    }

    public bool ActsAs(Party party) => party switch
    {
        Party.Sender => Sends,
        Party.Provider => Provides,
        Party.Either => Sends || Provides,
        Party.Supervisor => (Sends && Supervises) || System == party,
        Party.ProtectionOfficer => Oversees || System == party,
        _ => System == party,
    };

    public bool MayTake(Move move) => ActsAs(move.By) || (move.OrBy is { } other && ActsAs(other));

    /// <summary>As which party somebody who may take <paramref name="move"/> takes it.</summary>
    public Party TakesAs(Move move)
    {
        var party = ActsAs(move.By) ? move.By : move.OrBy ?? move.By;
        return party == Party.Either ? (Provides && !SpeaksForProvider ? Party.Provider : Party.Sender) : party;
    }
}
