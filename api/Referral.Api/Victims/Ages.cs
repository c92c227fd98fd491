namespace NationalReferral;

/// <summary>From what was written of an age to what the shell says of it (Referral.Domain: <see cref="Age"/>).</summary>
internal static class Ages
{
    public static KnownAge Of(AgeDraft draft, DateTimeOffset now) => Of(BirthOf(draft, now), now);

    public static KnownAge Of(Birth? birth, DateTimeOffset now)
    {
        var today = Karachi.DateOf(now);
        var age = AgeOf(birth, now);
        return new KnownAge(age.BandOn(today).Code, age.Status, age.AsChildOn(today));
    }

    public static Age AgeOf(Birth? birth, DateTimeOffset now)
    {
        var asOf = birth?.AsOf ?? Karachi.DateOf(now);
        return birth switch
        {
            { On: { } on } => Age.Documented(on, birth.Evidence),
            { Years: { } years } => Age.About(years, asOf, birth.Evidence),
            { Band: { } band } when AgeBand.Find(band) is { From: not null } known => Age.InBand(known, asOf, birth.Evidence),
            _ => Age.NotKnown,
        };
    }

    public static Birth BirthOf(AgeDraft draft, DateTimeOffset now) =>
        new(draft.DocumentedOn, draft.Years, draft.Band, Karachi.DateOf(now), draft.Evidence);
}
