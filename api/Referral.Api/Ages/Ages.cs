using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// The public verb of ages, and the one place that says how old somebody is: from what identity says of the birth, from
/// disputes and determinations. Whatever changes one of them calls <see cref="FollowAsync"/> in its own transaction.
/// </summary>
internal static class Ages
{
    /// <summary>What a case shows of an age today.</summary>
    public static KnownAge Shown(Age age, DateTimeOffset now)
    {
        var today = Karachi.DateOf(now);
        return new KnownAge(age.BandOn(today).Code, age.Status, age.AsChildOn(today), age.LookAgainOn(today));
    }

    /// <param name="birth">An estimate names its day.</param>
    public static Age AgeOf(Birth? birth) => birth switch
    {
        { On: { } on } => Age.Documented(on, birth.Evidence),
        { Years: { } years, AsOf: { } asOf } => Age.About(years, asOf, birth.Evidence),
        { Band: { } band, AsOf: { } asOf } when AgeBand.Find(band) is { From: not null } known => Age.InBand(known, asOf, birth.Evidence),
        _ => Age.NotKnown,
    };

    public static Birth BirthOf(AgeDraft draft, DateTimeOffset now) =>
        new(draft.DocumentedOn, draft.Years, draft.Band, Karachi.DateOf(now), draft.Evidence);

    /// <summary>What is known of her age now, for a rule: nobody is shown it, so no read is recorded.</summary>
    public static async Task<Age> OfAsync(Work work, Keys keys, Guid victimId, CancellationToken cancellation) =>
        (await AgeFactsReader.NowAsync(work, keys, victimId, cancellation)).Age;

    /// <summary>What is known as somebody is registered.</summary>
    public static Task BeginAsync(Work work, Keys keys, DataKey key, Guid victimId, AgeFacts facts, CancellationToken cancellation)
    {
        var id = Ids.New(work.Now);
        return AgeStore.InsertFactsAsync(work, id, victimId, 1, keys.Seal(key, StoredFacts.PlaceOf(id), facts, AgeJson.Default.AgeFacts), cancellation);
    }

    /// <summary>What was known until the end of a day. Written down where nobody has yet, so that it can be read again.</summary>
    public static async Task<(AgeFacts Facts, DateTimeOffset KnownAt)> AsOfAsync(Work work, Keys keys, Guid victimId, DateOnly day, CancellationToken cancellation)
    {
        var stored = await AgeStore.FactsAsync(work, victimId, Karachi.At(day, TimeSpan.FromDays(1)), cancellation);
        return stored is null
            ? (await KeepAsync(work, keys, victimId, cancellation), work.Now)
            : (AgeFactsReader.Open(keys, stored), stored.At);
    }

    /// <summary>
    /// Something that age, home, place or an act depends on was written, or time has passed: it is kept as known from now on,
    /// what the case shows follows, and with it what hangs on being treated as a child.
    /// </summary>
    /// <returns>False when the case shows the same as before.</returns>
    public static async Task<bool> FollowAsync(Work work, Keys keys, Guid victimId, CancellationToken cancellation)
    {
        var facts = await KeepAsync(work, keys, victimId, cancellation);
        var before = await AgeStore.TreatedAsync(work, victimId, cancellation);
        var shown = Shown(facts.Age, work.Now);
        var isChanged = await AgeStore.SaveShownAsync(work, victimId, shown, cancellation);
        if (shown.AsChild == before.AsChild)
        {
            return isChanged;
        }
        var turn = await Turns.TakeAsync(work, victimId, cancellation);
        if (!shown.AsChild)
        {
            await ComingOfAge.FollowAsync(work, keys, victimId, before.LeadAgencyId, before.Status == Closures.OpenCase, turn, cancellation);
        }
        await ChildFlags.SetAsync(work, victimId, new Minimum(shown.Band, before.Sex, before.District, shown.AsChild), turn, cancellation);
        return true;
    }

    /// <returns>What is known now; the newest row says so.</returns>
    private static async Task<AgeFacts> KeepAsync(Work work, Keys keys, Guid victimId, CancellationToken cancellation)
    {
        var facts = await AgeFactsReader.NowAsync(work, keys, victimId, cancellation);
        var last = await AgeStore.FactsAsync(work, victimId, null, cancellation);
        if (last is null || !SealedJson.AreSame(AgeFactsReader.Open(keys, last), facts, AgeJson.Default.AgeFacts))
        {
            var id = Ids.New(work.Now);
            var key = await Keys.OfVictimAsync(work, victimId, cancellation);
            await AgeStore.InsertFactsAsync(work, id, victimId, (last?.N ?? 0) + 1, keys.Seal(key, StoredFacts.PlaceOf(id), facts, AgeJson.Default.AgeFacts), cancellation);
        }
        return facts;
    }
}

/// <summary>Gathers what is known of an age from where it is written.</summary>
internal static class AgeFactsReader
{
    public static async Task<AgeFacts> NowAsync(Work work, Keys keys, Guid victimId, CancellationToken cancellation)
    {
        var shell = await AgeStore.TreatedAsync(work, victimId, cancellation);
        var records = await RecordStore.AboutAgeAsync(work, victimId, cancellation);
        var decisions = await AgeStore.DecisionsAsync(work, victimId, cancellation);
        var identity = records.FirstOrDefault(record => record.Kind == "identity");
        var contact = records.FirstOrDefault(record => record.Kind == "contact");
        var decided = decisions.FirstOrDefault(decision => decision.Kind == AgeDecision.Determination);
        return new AgeFacts(
            identity is null ? null : BirthOf(keys, identity),
            decisions is [{ Kind: AgeDecision.Dispute }, ..],
            decided is null ? null : Open(keys, decided).Birth,
            shell.Sex,
            contact is null ? null : keys.Open(contact.Key, contact.Body, contact.Place, VictimJson.Default.ContactRecord).District,
            shell.District,
            [.. records.Where(record => record.Kind == "incident").Select(record => ActOf(keys, record)).OfType<ActFact>()]);
    }

    public static AgeFacts Open(Keys keys, StoredFacts stored) => keys.Open(stored.Key, stored.Body, StoredFacts.PlaceOf(stored.Id), AgeJson.Default.AgeFacts);

    public static AgeDecision Open(Keys keys, StoredDecision stored) => keys.Open(stored.Key, stored.Body, StoredDecision.PlaceOf(stored.Id), AgeJson.Default.AgeDecision);

    /// <summary>An estimate that names no day is of the day on which it was written.</summary>
    private static Birth? BirthOf(Keys keys, SealedRecord identity) =>
        keys.Open(identity.Key, identity.Body, identity.Place, VictimJson.Default.IdentityRecord).Birth is { } birth
            ? birth with { AsOf = birth.AsOf ?? Karachi.DateOf(identity.ChangedAt) }
            : null;

    private static ActFact? ActOf(Keys keys, SealedRecord record)
    {
        var incident = keys.Open(record.Key, record.Body, record.Place, VictimJson.Default.Item);
        var from = incident.From ?? incident.To ?? Karachi.DateOf(record.At);
        return incident.District is { } district ? new ActFact(record.Id, district, from, incident.To == from ? null : incident.To) : null;
    }
}
