namespace NationalReferral;

/// <summary>One door that an order holds open: the minimum, a document of a group, or an item.</summary>
public sealed record Door(Guid BasisId, Guid AgencyId, string Group, Guid? RecordId, DateTimeOffset? ToAt);

/// <summary>Which doors court orders hold open now. An order opens only its groups and items, for its recipients, until its date (design: legal bases).</summary>
public static class OrderDoors
{
    /// <param name="bases">All that are live: what any of them hides from a recipient stays hidden.</param>
    /// <param name="recipients">Agencies that orders name, by id.</param>
    /// <param name="items">Her items that orders name, by id.</param>
    public static IReadOnlyList<Door> Of(
        IReadOnlyCollection<Basis> bases, IReadOnlyDictionary<Guid, Recipient> recipients, IReadOnlyDictionary<Guid, Piece> items, DateTimeOffset now) =>
    [
        .. from order in bases
           where order.Kind == BasisKind.CourtOrder && order.IsLive(now)
           from agency in order.Agencies
           where recipients.TryGetValue(agency, out var recipient) && order.Reaches(recipient) && !bases.Any(basis => basis.IsLive(now) && basis.HidesFrom(recipient))
           from piece in PiecesOf(order, items)
           select new Door(order.Id, agency, piece.Group, piece.RecordId, order.ValidTo),
    ];

    private static IEnumerable<Piece> PiecesOf(Basis order, IReadOnlyDictionary<Guid, Piece> items) =>
        order.Groups.Select(group => new Piece(group)).Concat(order.Records.Select(id => items.GetValueOrDefault(id)).OfType<Piece>());
}
