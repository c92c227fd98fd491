using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A victim as the database holds it: the shell, and her key beside it.</summary>
internal sealed record Victim : SealedRow
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public Guid? HouseholdId { get; init; }
    public required string CaseCode { get; init; }
    public required Guid LeadAgencyId { get; init; }
    public required string LeadNameEn { get; init; }
    public required string LeadNameUr { get; init; }
    public required string Status { get; init; }
    public required string Identification { get; init; }
    public required string Sex { get; init; }
    public required string AgeBand { get; init; }
    public required string AgeStatus { get; init; }
    public required bool AsChild { get; init; }
    public required string District { get; init; }
    public required string Languages { get; init; }
    public required long AccessVersion { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? ClosedReason { get; init; }
    public required long Version { get; init; }
}

/// <summary>Every SQL text over victims.</summary>
internal static class VictimStore
{
    private const string Columns = $"""
        v.id, v.person_id, v.household_id, v.case_code, v.lead_agency_id, a.name_en AS lead_name_en, a.name_ur AS lead_name_ur, v.status, v.identification,
        v.sex, v.age_band, v.age_status, v.as_child, v.district, v.languages, v.access_version, v.opened_at, v.changed_at, v.closed_at, v.closed_reason, v.version, {Keys.Columns}
        """;

    private const string From = """
        FROM victims v
        JOIN agencies a ON a.id = v.lead_agency_id
        JOIN data_keys k ON k.id = v.key_id
        """;

    private const string FindSql = $"""
        SELECT {Columns}
          {From}
         WHERE v.id = @id
           AND {Visibility.OfVictims}
        """;

    /// <returns>Null when there is no such victim, or the caller may not see her.</returns>
    public static Task<Victim?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Victim>(FindSql, new { id }, cancellation);

    private const string FindCaseSql = $"""
        SELECT {Columns}
          {From}
         WHERE v.id = @id
           AND {Visibility.OfCases}
        """;

    /// <returns>Null unless the caller is on the team or supervises it: those who may change the case.</returns>
    public static Task<Victim?> FindCaseAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Victim>(FindCaseSql, new { id }, cancellation);

    private const string DoorsSql = $"""
        SELECT g.group_code, max(CASE WHEN g.source = 'break_glass' THEN g.to_at END) AS emergency_until
          FROM grants g
          JOIN victims v ON v.id = g.victim_id
         WHERE v.id = @id
           AND {Visibility.OfGrants}
         GROUP BY g.group_code
        """;

    /// <returns>What stands open to the caller now.</returns>
    public static async Task<Doors> DoorsAsync(Work work, Guid id, CancellationToken cancellation)
    {
        var open = await work.ListAsync<OpenDoor>(DoorsSql, new { id }, cancellation);
        return new([.. open.Select(door => door.GroupCode)], open.Max(door => door.EmergencyUntil));
    }

    private const string CodeTakenSql = """
        SELECT count(*)
          FROM victims v
         WHERE v.case_code = @caseCode
        """;

    /// <summary>Of 33 million codes a province has each year two do meet, the sooner the more it uses.</summary>
    public static async Task<bool> IsCodeTakenAsync(Work work, string caseCode, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(CodeTakenSql, new { caseCode }, cancellation) > 0;

    private const string InsertSql = """
        INSERT INTO victims (id, person_id, household_id, case_code, lead_agency_id, status, identification, sex, age_band, age_status, district,
                             languages, as_child, age_look_on, access_version, key_id, created_by, opened_at, changed_at, version)
        VALUES (@id, @id, @householdId, @caseCode, @unit, 'open', @identification, @sex, @ageBand, @ageStatus, @district,
                @languages, @asChild, @lookOn, 1, @keyId, @principal, @openedAt, @now, 1)
        """;

    public static Task<int> InsertAsync(
        Work work, Guid id, string caseCode, VictimDraft draft, Guid? householdId, KnownAge age, Guid keyId, DateTimeOffset openedAt, CancellationToken cancellation) =>
        work.ExecuteAsync(InsertSql, new
        {
            id,
            householdId,
            caseCode,
            identification = draft.Identification ?? "presumed",
            sex = draft.Sex,
            ageBand = age.Band,
            ageStatus = age.Status,
            asChild = age.AsChild,
            lookOn = age.LookOn,
            district = draft.Found.District,
            languages = Words.Join(draft.Languages),
            keyId,
            openedAt,
        }, cancellation);

    private const string SaveSql = """
        UPDATE victims
           SET identification = @identification, sex = @sex, district = @district, languages = @languages, changed_at = @now, version = version + 1
         WHERE id = @id
           AND version = @read
        """;

    /// <returns>False, with nothing written, when somebody else changed her shell first.</returns>
    public static async Task<bool> SaveAsync(Work work, Victim victim, VictimChange change, CancellationToken cancellation) =>
        await work.ExecuteAsync(SaveSql, new
        {
            id = victim.Id,
            read = victim.Version,
            identification = change.Identification,
            sex = change.Sex,
            district = change.District,
            languages = Words.Join(change.Languages),
        }, cancellation) == 1;

    private const string SetStatusSql = """
        UPDATE victims
           SET status = @to, closed_at = @closedAt, closed_reason = @reason, changed_at = @now, version = version + 1
         WHERE id = @id
           AND status = @from
        """;

    /// <summary>Closed for a reason, or open again. The caller holds her turn.</summary>
    public static Task<int> SetStatusAsync(Work work, Guid id, string from, string to, string? reason, CancellationToken cancellation) =>
        work.ExecuteAsync(SetStatusSql, new { id, from, to, reason, closedAt = reason is null ? (DateTimeOffset?)null : work.Now }, cancellation);

    private const string OpenReferralsSql = """
        SELECT count(*)
          FROM referrals r
         WHERE r.victim_id = @id
           AND r.is_open = 1
        """;

    /// <summary>Drafts among them: they are thrown away or sent before a case closes.</summary>
    public static Task<int> OpenReferralsAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.ScalarAsync<int>(OpenReferralsSql, new { id }, cancellation);

    private const string Listed = """
        v.id, v.case_code, v.sex, v.age_band, v.as_child, v.district, v.status, v.opened_at,
        (SELECT count(*) FROM referrals r WHERE r.victim_id = v.id AND r.is_open = 1) AS open_referrals
        """;

    private const string Filters = """
        v.status = @status
           AND (@district IS NULL OR v.district = @district)
           AND (@ageBand IS NULL OR v.age_band = @ageBand)
           AND (@afterAt IS NULL OR v.opened_at < @afterAt OR (v.opened_at = @afterAt AND v.id < @afterId))
        """;

    private const string ListOwnSql = $"""
        SELECT {Listed}
          FROM victims v
         WHERE v.id IN (SELECT g.victim_id FROM grants g WHERE g.principal_id = @principal AND g.agency_id = @unit AND g.group_code = 'all'
                           AND g.from_at <= @now AND (g.to_at IS NULL OR g.to_at > @now))
           AND {Visibility.NotBlocked}
           AND {Filters}
         ORDER BY v.opened_at DESC, v.id DESC
        """;

    private const string ListSupervisedSql = $"""
        SELECT {Listed}
          FROM victims v
         WHERE v.lead_agency_id IN (SELECT t.descendant_id FROM agency_tree t WHERE t.ancestor_id = @unit)
           AND {Visibility.OfCases}
           AND {Filters}
         ORDER BY v.opened_at DESC, v.id DESC
        """;

    private const string ListOverseenSql = $"""
        SELECT {Listed}
          FROM victims v
         WHERE v.id IN (SELECT g.victim_id FROM grants g WHERE g.agency_id = @unit AND g.audience = 'unit' AND g.source = 'oversight'
                           AND g.from_at <= @now AND (g.to_at IS NULL OR g.to_at > @now))
           AND {Visibility.NotBlocked}
           AND {Filters}
         ORDER BY v.opened_at DESC, v.id DESC
        """;

    /// <summary>The cases that the caller works on, newest first; for a supervisor those of every unit below.</summary>
    /// <param name="overseen">Instead of these, those that lie before the caller's office.</param>
    public static Task<IReadOnlyList<ListedVictim>> ListAsync(
        Work work, bool overseen, string status, string? district, string? ageBand, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<ListedVictim>(
            overseen ? ListOverseenSql : work.Caller.Supervises ? ListSupervisedSql : ListOwnSql,
            new { status, district, ageBand, afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string HouseholdSql = $"""
        SELECT {Listed}
          FROM victims v
         WHERE v.household_id = @householdId
           AND {Visibility.OfCases}
         ORDER BY v.opened_at, v.id
        """;

    /// <summary>Those of a family whose cases the caller works on.</summary>
    public static Task<IReadOnlyList<ListedVictim>> OfHouseholdAsync(Work work, Guid householdId, CancellationToken cancellation) =>
        work.ListAsync<ListedVictim>(HouseholdSql, new { householdId }, cancellation);

    private const string HouseholdTakenSql = """
        SELECT count(*)
          FROM victims v
         WHERE v.household_id = @householdId
        """;

    public static async Task<bool> IsHouseholdTakenAsync(Work work, Guid householdId, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(HouseholdTakenSql, new { householdId }, cancellation) > 0;
}

internal sealed record OpenDoor
{
    public required string GroupCode { get; init; }
    public DateTimeOffset? EmergencyUntil { get; init; }
}

/// <summary>What stands open to somebody.</summary>
/// <param name="Groups">Of the grants that reach him now, <c>all</c> and <c>minimum</c> among them.</param>
/// <param name="GlassUntil">When his emergency access ends; null: he has none.</param>
internal sealed record Doors(IReadOnlyList<string> Groups, DateTimeOffset? GlassUntil)
{
    public bool IsWhole => Groups.Contains("all");

    /// <summary>Whoever sees the whole case sees nothing by an emergency access.</summary>
    public DateTimeOffset? EmergencyUntil => IsWhole ? null : GlassUntil;

    /// <summary>For the tag: it changes as doors open and shut.</summary>
    public IEnumerable<string> Visible => EmergencyUntil is { } until ? [.. Groups, Instants.Text(until)] : Groups;
}

internal sealed record ListedVictim
{
    public required Guid Id { get; init; }
    public required string CaseCode { get; init; }
    public required string Sex { get; init; }
    public required string AgeBand { get; init; }
    public required bool AsChild { get; init; }
    public required string District { get; init; }
    public required string Status { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required int OpenReferrals { get; init; }
}
