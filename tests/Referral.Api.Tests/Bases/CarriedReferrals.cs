using NationalReferral.Platform;

namespace NationalReferral.Tests;

/// <summary>
/// Referrals as rows: what a submitted or accepted one holds, without its service, clocks and places. Tests of bases ask
/// what becomes of the rows; how referrals write them is tested with referrals.
/// </summary>
internal static class CarriedReferrals
{
    private const string Need = """
        INSERT INTO needs (id, victim_id, category, urgency, status, constraints, at, version)
        VALUES (@id, @victimId, 'safe_shelter', 'high', 'open', '', @now, 1)
        """;

    private const string Referral = """
        INSERT INTO referrals (id, victim_id, need_id, sender_agency_id, provider_agency_id, service_id, state, is_open, asked_urgency, urgency, reported_by,
                               age_band, sex, district, constraints, flags, place, info_rounds, purpose, created_by, created_at, submitted_at, changed_at, version)
        VALUES (@id, @victimId, @needId, @sender, @provider, @serviceId, @state, 1, 'high', 'high', 'provider',
                'age_10_11', 'female', 'PK-PB-KSR', '', '', 'none', 0, 'provide_service', @createdBy, @now, @now, @now, 1)
        """;

    private const string Disclosure = """
        INSERT INTO disclosures (id, referral_id, group_code, record_id, basis_id, chosen_at, opened_at)
        VALUES (@id, @referralId, @groupCode, @recordId, @basisId, @now, @openedAt)
        """;

    /// <summary>Submitted: the minimum is open. Null when no basis covers all of it.</summary>
    public static Task<Guid?> SubmitAsync(Database database, Guid victimId, Guid provider, string[] groups, Guid[] records) =>
        database.ChangeAsync(Caller.System, async work =>
        {
            var covered = await global::NationalReferral.Bases.CoversAsync(
                work, victimId, provider, "provide_service", [Piece.Minimum, .. groups], records, CancellationToken.None);
            if (covered.Any(one => !one.IsCovered))
            {
                return (Guid?)null;
            }
            await Turns.TakeAsync(work, victimId, CancellationToken.None);
            var (id, needId) = (Ids.New(work.Now), Ids.New(work.Now));
            await work.ExecuteAsync(Need, new { id = needId, victimId }, CancellationToken.None);
            await work.ExecuteAsync(Referral, new
            {
                id,
                victimId,
                needId,
                sender = World.PoliceKasur,
                provider,
                serviceId = provider == World.Shelter ? World.ShelterService : World.HospitalService,
                state = "submitted",
                createdBy = World.Officer.Id,
            }, CancellationToken.None);
            foreach (var one in covered.Skip(1))
            {
                await work.ExecuteAsync(Disclosure, new
                {
                    id = Ids.New(work.Now),
                    referralId = id,
                    groupCode = one.Piece.Group,
                    recordId = one.Piece.RecordId,
                    basisId = one.BasisId,
                    openedAt = (DateTimeOffset?)null,
                }, CancellationToken.None);
            }
            await OpenAsync(work, victimId, provider, id, covered[0]);
            return id;
        }, id => id is not null, CancellationToken.None);

    private const string Chosen = """
        SELECT d.group_code, d.record_id
          FROM disclosures d
         WHERE d.referral_id = @id
           AND d.ended_at IS NULL
        """;

    private const string Accepted = "UPDATE referrals SET state = 'accepted' WHERE id = @id AND state = 'submitted'";

    private const string Opened = """
        UPDATE disclosures
           SET opened_at = @now
         WHERE referral_id = @id
           AND ended_at IS NULL
        """;

    /// <summary>Accepted: what was chosen, and is still covered, is open.</summary>
    public static Task<bool> AcceptAsync(Database database, Guid victimId, Guid provider, Guid id) =>
        database.ChangeAsync(Caller.System, async work =>
        {
            await Turns.TakeAsync(work, victimId, CancellationToken.None);
            if (await work.ExecuteAsync(Accepted, new { id }, CancellationToken.None) == 0)
            {
                return false;
            }
            var chosen = await work.ListAsync<ChosenRow>(Chosen, new { id }, CancellationToken.None);
            var covered = await global::NationalReferral.Bases.CoversAsync(
                work, victimId, provider, "provide_service", [.. chosen.Where(row => row.RecordId is null).Select(row => row.GroupCode)],
                [.. chosen.Select(row => row.RecordId).OfType<Guid>()], CancellationToken.None);
            foreach (var one in covered.Where(one => one.IsCovered))
            {
                await OpenAsync(work, victimId, provider, id, one);
            }
            await work.ExecuteAsync(Opened, new { id }, CancellationToken.None);
            return true;
        }, _ => true, CancellationToken.None);

    private static async Task OpenAsync(Work work, Guid victimId, Guid provider, Guid referralId, Covered covered)
    {
        foreach (var audience in new[] { "unit", "supervisors" })
        {
            await Grants.OpenAsync(work, new Grant
            {
                VictimId = victimId,
                AgencyId = provider,
                Audience = audience,
                GroupCode = covered.Piece.Group,
                RecordId = covered.Piece.RecordId,
                Source = "referral",
                SourceId = referralId,
                BasisId = covered.BasisId,
                ToAt = covered.ToAt,
            }, CancellationToken.None);
        }
    }

    private sealed record ChosenRow
    {
        public required string GroupCode { get; init; }
        public Guid? RecordId { get; init; }
    }
}
