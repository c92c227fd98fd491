using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A handover with the key that opens its words.</summary>
internal sealed record StoredHandover : SealedRow
{
    public required Guid Id { get; init; }
    public required HandoverDirection Direction { get; init; }
    public required string Reason { get; init; }
    public required HandoverState State { get; init; }
    public required Party WrittenBy { get; init; }
    public int? GivenCount { get; init; }
    public int? ReceivedCount { get; init; }
    public bool? IsThere { get; init; }
    public Guid? RelationId { get; init; }
    public required Guid AuthorAgencyId { get; init; }
    public required string NameEn { get; init; }
    public required string NameUr { get; init; }
    public required byte[] Body { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
    public byte[]? Confirmation { get; init; }
    public string? Finding { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public byte[]? Settlement { get; init; }

    public Handover ToHandover() => new()
    {
        Direction = Direction,
        State = State,
        By = WrittenBy,
        Given = GivenCount,
        Received = ReceivedCount,
        IsThere = IsThere,
    };

    /// <summary>Three texts of one row, by whoever wrote each: none can stand in another's place.</summary>
    public static SealedPlace PlaceOf(Guid id, string part) => new("handovers", id, part, 1);
}

/// <summary>A handover into a provider's care that one side has written and the other has not confirmed; without its words.</summary>
internal sealed record ArrivingHandover
{
    public required Guid Id { get; init; }
    public required Guid ReferralId { get; init; }
    public required Party WrittenBy { get; init; }
    public int? GivenCount { get; init; }
    public int? ReceivedCount { get; init; }
    public bool? IsThere { get; init; }

    /// <summary>Those of whom the same was written at once have the same moment.</summary>
    public required DateTimeOffset At { get; init; }

    public Handover ToHandover() => new() { Direction = HandoverDirection.Arrival, By = WrittenBy, Given = GivenCount, Received = ReceivedCount, IsThere = IsThere };
}

/// <summary>Every SQL text over handovers.</summary>
internal static class HandoverStore
{
    private const string Columns = $"""
        h.id, h.direction, h.reason, h.state, h.written_by, h.given_count, h.received_count, h.is_there, h.relation_id, h.author_agency_id,
        a.name_en, a.name_ur, h.body, h.occurred_at, h.at, h.confirmed_at, h.confirmation, h.finding, h.settled_at, h.settlement, {Keys.Columns}
        """;

    private const string From = """
        FROM handovers h
        JOIN referrals r ON r.id = h.referral_id
        JOIN victims v ON v.id = r.victim_id
        JOIN data_keys k ON k.id = v.key_id
        JOIN agencies a ON a.id = h.author_agency_id
        """;

    private const string ListSql = $"""
        SELECT {Columns}
          {From}
         WHERE h.referral_id = @referralId
           AND {Visibility.OfReferrals}
           AND (@afterId IS NULL OR h.at > @afterAt OR (h.at = @afterAt AND h.id > @afterId))
         ORDER BY h.at, h.id
        """;

    /// <summary>Oldest first.</summary>
    public static Task<IReadOnlyList<StoredHandover>> ListAsync(Work work, Guid referralId, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<StoredHandover>(ListSql, new { referralId, afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string FindSql = $"""
        SELECT {Columns}
          {From}
         WHERE h.id = @id
           AND h.referral_id = @referralId
           AND {Visibility.OfReferrals}
        """;

    /// <returns>Null when the referral has no such handover, or the caller may not see it.</returns>
    public static Task<StoredHandover?> FindAsync(Work work, Guid referralId, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredHandover>(FindSql, new { referralId, id }, cancellation);

    private const string ArrivingSql = """
        SELECT h.id, h.referral_id, h.written_by, h.given_count, h.received_count, h.is_there, h.at
          FROM handovers h
         WHERE h.referral_id IN (@referralIds)
           AND h.direction = 'arrival'
           AND h.state = 'open'
        """;

    /// <summary>For whoever has found the referrals: there is one of each at most.</summary>
    public static async Task<IReadOnlyDictionary<Guid, ArrivingHandover>> ArrivingAsync(Work work, IReadOnlyCollection<Guid> referralIds, CancellationToken cancellation) =>
        (referralIds.Count == 0 ? [] : await work.ListAsync<ArrivingHandover>(ArrivingSql, new { referralIds }, cancellation)).ToDictionary(one => one.ReferralId);

    private const string InsertSql = """
        INSERT INTO handovers (id, referral_id, direction, reason, state, written_by, given_count, received_count, is_there, relation_id,
                               author_id, author_agency_id, body, occurred_at, at)
        VALUES (@id, @referralId, @direction, @reason, @state, @by, @given, @received, @isThere, @relationId,
                @principal, @unit, @body, @occurredAt, @now)
        """;

    /// <exception cref="ConstraintViolation"><c>pk_handovers</c>, or <c>uq_handovers_open</c>: one of this direction waits for the other side.</exception>
    public static Task<int> InsertAsync(Work work, Guid id, Guid referralId, Handover handover, HandoverDraft draft, byte[] body, CancellationToken cancellation) =>
        work.ExecuteAsync(InsertSql, new
        {
            id,
            referralId,
            direction = handover.Direction,
            reason = draft.Reason,
            state = handover.State,
            by = handover.By,
            given = handover.Given,
            received = handover.Received,
            isThere = handover.IsThere,
            relationId = draft.RelationId,
            body,
            occurredAt = Instants.Cut(draft.OccurredAt),
        }, cancellation);

    private const string ConfirmSql = """
        UPDATE handovers
           SET state = @state, given_count = @given, received_count = @received, is_there = @isThere,
               confirmed_by = @principal, confirmed_at = @now, confirmation = @words
         WHERE id = @id
           AND state = 'open'
        """;

    /// <returns>False, with nothing written, when somebody else of this side was first.</returns>
    public static async Task<bool> ConfirmAsync(Work work, Guid id, Handover after, byte[]? words, CancellationToken cancellation) =>
        await work.ExecuteAsync(ConfirmSql, new { id, state = after.State, given = after.Given, received = after.Received, isThere = after.IsThere, words }, cancellation) == 1;

    private const string SettleSql = """
        UPDATE handovers
           SET state = @state, is_there = @isThere, finding = @finding, settled_by = @principal, settled_at = @now, settlement = @words
         WHERE id = @id
           AND state = 'missing'
        """;

    /// <returns>False, with nothing written, when somebody else was first.</returns>
    public static async Task<bool> SettleAsync(Work work, Guid id, Handover after, string finding, byte[]? words, CancellationToken cancellation) =>
        await work.ExecuteAsync(SettleSql, new { id, state = after.State, isThere = after.IsThere, finding, words }, cancellation) == 1;
}
