namespace NationalReferral.Tests;

/// <summary>What the database says of the referrals of some victims, at one moment.</summary>
internal sealed record WalkRows
{
    private const string ReferralsSql = """
        SELECT r.id, r.victim_id, r.group_id, r.provider_agency_id, r.service_id, n.category, r.state, r.prior_state, r.reason, r.population, r.place,
               r.info_rounds, r.rerouted_from, r.created_at, r.due_at, r.ended_at, r.version
          FROM referrals r
          JOIN needs n ON n.id = r.need_id
         WHERE r.victim_id IN (@victims)
         ORDER BY r.id
        """;

    private const string GrantsSql = """
        SELECT g.source, g.source_id, g.agency_id, g.audience, g.group_code, g.basis_id
          FROM grants g
         WHERE g.source_id IN (SELECT r.id FROM referrals r WHERE r.victim_id IN (@victims))
           AND g.source IN ('referral', 'oversight')
           AND g.from_at <= @now
           AND (g.to_at IS NULL OR g.to_at > @now)
         ORDER BY g.id
        """;

    private const string DisclosuresSql = """
        SELECT d.referral_id, d.group_code, CASE WHEN d.opened_at IS NULL THEN 0 ELSE 1 END AS is_opened
          FROM disclosures d
          JOIN referrals r ON r.id = d.referral_id
         WHERE r.victim_id IN (@victims)
           AND d.ended_at IS NULL
         ORDER BY d.id
        """;

    private const string ClocksSql = """
        SELECT c.subject_id, c.kind, c.state, c.due_at
          FROM clocks c
         WHERE c.subject_id IN (SELECT r.id FROM referrals r WHERE r.victim_id IN (@victims))
           AND c.state IN ('running', 'paused', 'missed')
         ORDER BY c.id
        """;

    private const string CoversSql = """
        SELECT b.id, b.victim_id, b.version, a.agency_id, g.group_code
          FROM bases b
          JOIN basis_scopes a ON a.basis_id = b.id AND a.agency_id IS NOT NULL
          LEFT JOIN basis_scopes g ON g.basis_id = b.id AND g.group_code IS NOT NULL
         WHERE b.victim_id IN (@victims)
           AND b.status = 'active'
           AND b.valid_from <= @now
           AND (b.valid_to IS NULL OR b.valid_to > @now)
         ORDER BY b.id, g.id
        """;

    private const string AskedSql = """
        SELECT a.id, a.subject_id
          FROM approvals a
         WHERE a.victim_id IN (@victims)
           AND a.kind = 'set_broken'
           AND a.state = 'open'
         ORDER BY a.id
        """;

    private const string PlacesSql = """
        SELECT c.service_id, c.population, c.licensed, c.reserved, c.occupied
          FROM capacity c
         ORDER BY c.service_id, c.population
        """;

    public required DateTimeOffset At { get; init; }
    public required IReadOnlyList<Row> Referrals { get; init; }
    public required ILookup<Guid, Door> Doors { get; init; }
    public required ILookup<Guid, Carried> Disclosures { get; init; }
    public required ILookup<Guid, Deadline> Clocks { get; init; }
    public required IReadOnlyList<Cover> Covers { get; init; }
    public required IReadOnlyList<Asked> Approvals { get; init; }
    public required IReadOnlyList<Places> Capacity { get; init; }

    public static Task<WalkRows> ReadAsync(TestApp app, IReadOnlyList<Guid> victims) => GivenReferral.ReadAsync(app, async work =>
    {
        var whom = new { victims };
        return new WalkRows
        {
            At = work.Now,
            Referrals = await work.ListAsync<Row>(ReferralsSql, whom, CancellationToken.None),
            Doors = (await work.ListAsync<Door>(GrantsSql, whom, CancellationToken.None)).ToLookup(door => door.SourceId),
            Disclosures = (await work.ListAsync<Carried>(DisclosuresSql, whom, CancellationToken.None)).ToLookup(one => one.ReferralId),
            Clocks = (await work.ListAsync<Deadline>(ClocksSql, whom, CancellationToken.None)).ToLookup(clock => clock.SubjectId),
            Covers = await work.ListAsync<Cover>(CoversSql, whom, CancellationToken.None),
            Approvals = await work.ListAsync<Asked>(AskedSql, whom, CancellationToken.None),
            Capacity = await work.ListAsync<Places>(PlacesSql, null, CancellationToken.None),
        };
    });

    public Row? Find(Guid id) => Referrals.FirstOrDefault(row => row.Id == id);

    public IEnumerable<Door> ProviderDoors(Row row) => Doors[row.Id].Where(door => door.Source == "referral");

    public bool IsBeforeOffice(Row row) => Doors[row.Id].Any(door => door.Source == "oversight");

    public bool IsCovered(Row row, string group) =>
        Covers.Any(cover => cover.VictimId == row.VictimId && cover.AgencyId == row.ProviderAgencyId && (group == "minimum" || cover.GroupCode == group));

    public bool IsFollowed(Row row) => Referrals.Any(next => next.ReroutedFrom == row.Id && next.State is not (ReferralState.Cancelled or ReferralState.EnteredInError));

    /// <summary>The same but for the moment.</summary>
    public bool IsSameAs(WalkRows other) =>
        Referrals.SequenceEqual(other.Referrals) && Capacity.SequenceEqual(other.Capacity) && Approvals.SequenceEqual(other.Approvals)
        && Referrals.All(row => Doors[row.Id].SequenceEqual(other.Doors[row.Id]) && Clocks[row.Id].SequenceEqual(other.Clocks[row.Id]));

    internal sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid VictimId { get; init; }
        public Guid? GroupId { get; init; }
        public required Guid ProviderAgencyId { get; init; }
        public required Guid ServiceId { get; init; }
        public required string Category { get; init; }
        public required ReferralState State { get; init; }
        public ReferralState? PriorState { get; init; }
        public string? Reason { get; init; }
        public string? Population { get; init; }
        public required Place Place { get; init; }
        public required int InfoRounds { get; init; }
        public Guid? ReroutedFrom { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? DueAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
        public required long Version { get; init; }
    }

    internal sealed record Door
    {
        public required string Source { get; init; }
        public required Guid SourceId { get; init; }
        public required Guid AgencyId { get; init; }
        public required string Audience { get; init; }
        public required string GroupCode { get; init; }
        public Guid? BasisId { get; init; }
    }

    internal sealed record Carried
    {
        public required Guid ReferralId { get; init; }
        public required string GroupCode { get; init; }
        public required bool IsOpened { get; init; }
    }

    internal sealed record Deadline
    {
        public required Guid SubjectId { get; init; }
        public required ClockKind Kind { get; init; }
        public required ClockState State { get; init; }
        public required DateTimeOffset DueAt { get; init; }
    }

    internal sealed record Cover
    {
        public required Guid Id { get; init; }
        public required Guid VictimId { get; init; }
        public required long Version { get; init; }
        public required Guid AgencyId { get; init; }
        public string? GroupCode { get; init; }
    }

    internal sealed record Asked
    {
        public required Guid Id { get; init; }
        public required Guid SubjectId { get; init; }
    }

    internal sealed record Places
    {
        public required Guid ServiceId { get; init; }
        public required string Population { get; init; }
        public required int Licensed { get; init; }
        public required int Reserved { get; init; }
        public required int Occupied { get; init; }
    }
}
