using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Every SQL text over referrals but their worklists.</summary>
internal static class ReferralStore
{
    /// <summary>Stands in <c>due_at</c> while nothing is due, so that such referrals come last and the index is used whole.</summary>
    public static readonly DateTimeOffset Never = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private const string Sends = """
        CASE WHEN r.sender_agency_id = @unit
               OR (@supervises = 1 AND EXISTS (SELECT 1 FROM agency_tree o WHERE o.ancestor_id = @unit AND o.descendant_id = r.sender_agency_id)) THEN 1 ELSE 0 END
        """;

    private const string Provides = """
        CASE WHEN r.provider_agency_id = @unit
               OR (@supervises = 1 AND EXISTS (SELECT 1 FROM agency_tree o WHERE o.ancestor_id = @unit AND o.descendant_id = r.provider_agency_id)) THEN 1 ELSE 0 END
        """;

    /// <summary>All of a victim, need and clock stands in one index each.</summary>
    public const string ListedColumns = $"""
        r.id, r.group_id, r.victim_id, r.need_id, r.sender_agency_id, r.provider_agency_id, r.service_id, r.assignee_id, r.state, r.phase,
        r.prior_state, r.asked_urgency, r.urgency, r.urgency_rule, r.reason, r.outcome, r.reported_by, r.rerouted_from, r.population,
        r.age_band, r.sex, r.district, r.constraints, r.flags, r.place, r.info_rounds, r.suggested_service_id, r.purpose, r.created_by,
        r.first_submitted_at, r.submitted_at, r.acknowledged_at, r.answered_at, r.planned_at, r.planned_end_at, r.review_at, r.started_at, r.ended_at, r.due_at, r.changed_at, r.version,
        v.case_code, n.category, sa.name_en AS sender_name_en, sa.name_ur AS sender_name_ur,
        pa.name_en AS provider_name_en, pa.name_ur AS provider_name_ur, pa.has_account AS provider_has_account,
        s.name_en AS service_name_en, s.name_ur AS service_name_ur,
        c.kind AS clock_kind, c.due_at AS clock_due_at, c.started_at AS clock_started_at, c.state AS clock_state, c.stage AS clock_stage,
        {Sends} AS sends, {Provides} AS provides
        """;

    private const string Columns = $"""
        {ListedColumns}, v.access_version,
        v.age_band AS known_age_band, v.sex AS known_sex, v.district AS known_district, v.as_child, s.min_age AS service_min_age, r.fallbacks, r.handover, r.helped_at,
        CASE WHEN EXISTS (SELECT 1 FROM capacity q WHERE q.service_id = r.service_id) THEN 1 ELSE 0 END AS counts_places,
        (SELECT max(q.id) FROM referrals q WHERE q.rerouted_from = r.id AND q.state NOT IN ('cancelled', 'entered_in_error')) AS rerouted_to,
        (SELECT count(*) FROM grants g WHERE g.source_id = r.id AND {Visibility.OfGrants}) AS doors,
        CASE WHEN r.sender_agency_id = @unit OR r.provider_agency_id = @unit THEN 1 WHEN {Visibility.OfCases} THEN 1 ELSE 0 END AS whole
        """;

    // BETWEEN and not =: with an equality SQLite takes the key that is unique, and fetches the row besides, although the listed index holds
    // all that is asked (0006). A referral never has two clocks that are due at the same moment (see Clocks); due_at is that of the first, and
    // stays when it was missed. Where nothing is due (Never), no clock is looked for.
    private const string Joins = """
        JOIN needs n ON n.id BETWEEN r.need_id AND r.need_id
        JOIN agencies sa ON sa.id = r.sender_agency_id
        JOIN agencies pa ON pa.id = r.provider_agency_id
        JOIN services s ON s.id = r.service_id
        LEFT JOIN clocks c ON c.subject_id = CASE WHEN r.due_at < '9999-12-31' THEN r.id END AND c.state IN ('running', 'missed') AND c.due_at = r.due_at
        """;

    public const string ListedFrom = $"""
        FROM referrals r
        JOIN victims v ON v.id BETWEEN r.victim_id AND r.victim_id
        {Joins}
        """;

    private const string From = $"""
        FROM referrals r
        JOIN victims v ON v.id = r.victim_id
        {Joins}
        """;

    private const string FindSql = $"""
        SELECT {Columns}
          {From}
         WHERE r.id = @id
           AND {Visibility.OfReferrals}
        """;

    /// <returns>Null when there is no such referral, or the caller may not see it.</returns>
    public static Task<StoredReferral?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredReferral>(FindSql, new { id }, cancellation);

    private const string OfGroupSql = $"""
        SELECT {Columns}
          {From}
         WHERE r.group_id = @groupId
           AND {Visibility.OfReferrals}
         ORDER BY r.created_at, r.id
        """;

    /// <summary>Those of a group that the caller may see: the others do not exist.</summary>
    public static Task<IReadOnlyList<StoredReferral>> OfGroupAsync(Work work, Guid groupId, CancellationToken cancellation) =>
        work.ListAsync<StoredReferral>(OfGroupSql, new { groupId }, cancellation);

    private const string LoadSql = $"""
        SELECT {Columns}
          {From}
         WHERE r.id = @id
        """;

    /// <summary>Whoever asks: for deadlines and the end of a basis.</summary>
    public static Task<StoredReferral?> LoadAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredReferral>(LoadSql, new { id }, cancellation);

    private const string InsertSql = """
        INSERT INTO referrals (id, group_id, victim_id, need_id, sender_agency_id, provider_agency_id, service_id, state, is_open, asked_urgency,
                               urgency, urgency_rule, reported_by, population, age_band, sex, district, constraints, flags, fallbacks, place, info_rounds,
                               purpose, created_by, created_at, due_at, changed_at, version)
        VALUES (@id, @groupId, @victimId, @needId, @unit, @providerId, @serviceId, 'draft', 1, @asked,
                @urgency, @rule, 'provider', @population, @ageBand, @sex, @district, @constraints, @flags, @fallbacks, 'none', 0,
                @purpose, @principal, @now, @dueAt, @now, 1)
        """;

    public static Task<int> InsertAsync(Work work, Guid id, ReferralDraft draft, Prepared prepared, CancellationToken cancellation) =>
        work.ExecuteAsync(InsertSql, new
        {
            id,
            groupId = draft.GroupId,
            victimId = draft.VictimId,
            needId = draft.NeedId,
            providerId = prepared.ProviderId,
            serviceId = draft.ServiceId,
            asked = prepared.Asked,
            urgency = prepared.Urgency,
            rule = prepared.UrgencyRule,
            population = draft.Population,
            ageBand = prepared.Victim.AgeBand,
            sex = prepared.Victim.Sex,
            district = prepared.Victim.District,
            constraints = Words.Join(prepared.Constraints),
            flags = Words.Join(prepared.Flags),
            fallbacks = Words.Join(prepared.Fallbacks),
            purpose = Drafts.Purpose,
            dueAt = Never,
        }, cancellation);

    private const string SaveDraftSql = """
        UPDATE referrals
           SET need_id = @needId, provider_agency_id = @providerId, service_id = @serviceId, group_id = @groupId, asked_urgency = @asked,
               urgency = @urgency, urgency_rule = @rule, population = @population, age_band = @ageBand, sex = @sex, district = @district,
               constraints = @constraints, flags = @flags, fallbacks = @fallbacks, changed_at = @now, version = version + 1
         WHERE id = @id
           AND version = @read
           AND state = 'draft'
        """;

    /// <returns>False, with nothing written, when somebody else changed the draft first.</returns>
    public static async Task<bool> SaveDraftAsync(Work work, StoredReferral referral, ReferralDraft draft, Prepared prepared, CancellationToken cancellation) =>
        await work.ExecuteAsync(SaveDraftSql, new
        {
            id = referral.Id,
            read = referral.Version,
            groupId = draft.GroupId,
            needId = draft.NeedId,
            providerId = prepared.ProviderId,
            serviceId = draft.ServiceId,
            asked = prepared.Asked,
            urgency = prepared.Urgency,
            rule = prepared.UrgencyRule,
            population = draft.Population,
            ageBand = prepared.Victim.AgeBand,
            sex = prepared.Victim.Sex,
            district = prepared.Victim.District,
            constraints = Words.Join(prepared.Constraints),
            flags = Words.Join(prepared.Flags),
            fallbacks = Words.Join(prepared.Fallbacks),
        }, cancellation) == 1;

    private const string SaveSql = """
        UPDATE referrals
           SET state = @state, phase = @phase, is_open = @isOpen, prior_state = @priorState, urgency = @urgency, urgency_rule = @rule, reason = @reason,
               outcome = @outcome, reported_by = @reportedBy, population = @population, place = @place, info_rounds = @infoRounds, flags = @flags,
               suggested_service_id = @suggestedServiceId, first_submitted_at = @firstSubmittedAt, submitted_at = @submittedAt,
               acknowledged_at = @acknowledgedAt, answered_at = @answeredAt, planned_at = @plannedAt, planned_end_at = @plannedEndAt, review_at = @reviewAt,
               started_at = @startedAt, helped_at = @helpedAt, ended_at = @endedAt,
               due_at = @dueAt, changed_at = @changedAt, version = @version
         WHERE id = @id
           AND version = @read
        """;

    /// <summary>What a move changes. Once closed, <c>due_at</c> says when it ended, so that closed ones have an order too.</summary>
    /// <returns>False, with nothing written, when somebody else moved the referral first.</returns>
    public static async Task<bool> SaveAsync(Work work, Referral after, long read, DateTimeOffset? dueAt, CancellationToken cancellation) =>
        await work.ExecuteAsync(SaveSql, new
        {
            id = after.Id,
            read,
            version = after.Version,
            state = after.State,
            phase = after.Phase,
            isOpen = after.State.IsOpen(),
            priorState = after.PriorState,
            urgency = after.Urgency,
            rule = after.UrgencyRule,
            reason = after.Reason,
            outcome = after.Outcome,
            reportedBy = after.ReportedBy,
            population = after.Population,
            place = after.Place,
            infoRounds = after.InfoRounds,
            flags = Words.Join(after.Flags),
            suggestedServiceId = after.SuggestedServiceId,
            firstSubmittedAt = after.FirstSubmittedAt,
            submittedAt = after.SubmittedAt,
            acknowledgedAt = after.AcknowledgedAt,
            answeredAt = after.AnsweredAt,
            plannedAt = after.PlannedAt,
            plannedEndAt = after.PlannedEndAt,
            reviewAt = after.ReviewAt,
            startedAt = after.StartedAt,
            helpedAt = after.HelpedAt,
            endedAt = after.EndedAt,
            dueAt = after.EndedAt ?? dueAt ?? Never,
            changedAt = after.ChangedAt,
        }, cancellation) == 1;

    private const string SaveDueSql = """
        UPDATE referrals
           SET due_at = @dueAt
         WHERE id = @id
           AND is_open = 1
        """;

    /// <summary>After clocks moved by themselves. Not a change of the referral: no version, so that nobody's tag goes stale.</summary>
    public static Task<int> SaveDueAsync(Work work, Guid id, DateTimeOffset? dueAt, CancellationToken cancellation) =>
        work.ExecuteAsync(SaveDueSql, new { id, dueAt = dueAt ?? Never }, cancellation);

    private const string SaveHandoverSql = """
        UPDATE referrals
           SET handover = @handover, flags = @flags, due_at = @dueAt, changed_at = @now, version = version + 1
         WHERE id = @id
           AND version = @read
        """;

    /// <summary>How far the arrival of the child is. The referral shows it, so that its tag changes.</summary>
    /// <returns>False, with nothing written, when somebody else moved the referral first.</returns>
    public static async Task<bool> SaveHandoverAsync(
        Work work, StoredReferral referral, string? handover, IReadOnlyList<string> flags, DateTimeOffset? dueAt, CancellationToken cancellation) =>
        await work.ExecuteAsync(SaveHandoverSql, new
        {
            id = referral.Id,
            read = referral.Version,
            handover,
            flags = Words.Join(flags),
            dueAt = referral.EndedAt ?? dueAt ?? Never,
        }, cancellation) == 1;
}
