using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Keeps the doors of court orders as the orders say: <see cref="OrderDoors"/> knows which, here the difference is written.</summary>
internal static class OrderGrants
{
    private const string Source = "order";

    private const string ListSql = """
        SELECT g.id, g.agency_id, g.group_code, g.record_id, g.basis_id, g.to_at
          FROM grants g
         WHERE g.victim_id = @victimId
           AND g.source = 'order'
           AND (g.to_at IS NULL OR g.to_at > @now)
         ORDER BY g.id
        """;

    /// <summary>The caller holds the victim's turn, and has written what changed of the bases.</summary>
    /// <param name="bases">Those that are live now.</param>
    public static async Task FollowAsync(Work work, Guid victimId, IReadOnlyCollection<Basis> bases, CancellationToken cancellation)
    {
        var held = await work.ListAsync<HeldDoor>(ListSql, new { victimId }, cancellation);
        var wanted = await WantedAsync(work, victimId, bases, cancellation);
        await Grants.EndAsync(work, [.. held.Where(one => !wanted.Contains(one.Door)).Select(one => one.Id)], cancellation);
        foreach (var door in wanted.Except(held.Select(one => one.Door)))
        {
            await Grants.OpenAsync(work, new Grant
            {
                VictimId = victimId,
                AgencyId = door.AgencyId,
                Audience = "unit",
                GroupCode = door.Group,
                RecordId = door.RecordId,
                Source = Source,
                SourceId = door.BasisId,
                BasisId = door.BasisId,
                ToAt = door.ToAt,
            }, cancellation);
        }
    }

    /// <summary>Which doors orders would hold open if these bases were all.</summary>
    public static async Task<IReadOnlyList<Door>> WantedAsync(Work work, Guid victimId, IReadOnlyCollection<Basis> bases, CancellationToken cancellation)
    {
        Basis[] orders = [.. bases.Where(basis => basis.Kind == BasisKind.CourtOrder)];
        if (orders.Length == 0)
        {
            return [];
        }
        var recipients = await BasisRows.RecipientsAsync(work, [.. orders.SelectMany(order => order.Agencies).Distinct()], cancellation);
        var items = await BasisRows.PiecesAsync(work, victimId, [.. orders.SelectMany(order => order.Records).Distinct()], cancellation);
        return OrderDoors.Of(bases, recipients, items, work.Now);
    }

    /// <summary>Whoever an order lets in hears of it.</summary>
    public static async Task TellAsync(Work work, Guid victimId, Guid basisId, Notice notice, CancellationToken cancellation)
    {
        var doors = await work.ListAsync<HeldDoor>(ListSql, new { victimId }, cancellation);
        foreach (var agency in doors.Where(one => one.BasisId == basisId).Select(one => one.AgencyId).Distinct().Order())
        {
            await Notifications.TellDeskAsync(work, agency, notice, cancellation);
        }
    }

    private sealed record HeldDoor
    {
        public required Guid Id { get; init; }
        public required Guid AgencyId { get; init; }
        public required string GroupCode { get; init; }
        public Guid? RecordId { get; init; }
        public required Guid BasisId { get; init; }
        public DateTimeOffset? ToAt { get; init; }

        public Door Door => new(BasisId, AgencyId, GroupCode, RecordId, ToAt);
    }
}
