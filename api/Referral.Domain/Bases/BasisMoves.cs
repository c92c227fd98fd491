using System.Collections.Frozen;

namespace NationalReferral;

/// <summary>What can be done with a basis that stands (taxonomy <c>basis_action</c>).</summary>
public enum BasisAction
{
    /// <summary>By whoever gave it.</summary>
    Withdraw,

    /// <summary>By the court: it opens nothing until it runs on.</summary>
    Stay,
    Resume,

    /// <summary>A newer version takes its place.</summary>
    Amend,

    /// <summary>Before its date.</summary>
    End,
}

/// <summary>What can be done with which basis, and where it leads: the one table.</summary>
public static class BasisMoves
{
    private static readonly FrozenDictionary<(BasisKind, BasisStatus), BasisAction[]> Table = new Dictionary<(BasisKind, BasisStatus), BasisAction[]>
    {
        [(BasisKind.Consent, BasisStatus.Active)] = [BasisAction.Withdraw],
        [(BasisKind.BestInterestsDecision, BasisStatus.Active)] = [BasisAction.Amend, BasisAction.End],
        [(BasisKind.StatutoryDuty, BasisStatus.Active)] = [BasisAction.End],
        [(BasisKind.VitalInterest, BasisStatus.Active)] = [BasisAction.End],
        [(BasisKind.Guardianship, BasisStatus.Active)] = [BasisAction.Amend, BasisAction.End],
        [(BasisKind.LegalHold, BasisStatus.Active)] = [BasisAction.End],
        [(BasisKind.CourtOrder, BasisStatus.Active)] = [BasisAction.Stay, BasisAction.Amend, BasisAction.End],
        [(BasisKind.CourtOrder, BasisStatus.Stayed)] = [BasisAction.Resume, BasisAction.Amend, BasisAction.End],
    }.ToFrozenDictionary();

    public static IReadOnlyList<BasisAction> Allowed(BasisKind kind, BasisStatus status) => Table.GetValueOrDefault((kind, status)) ?? [];

    /// <returns>Null when it can be done now.</returns>
    public static Refusal? Check(BasisKind kind, BasisStatus status, BasisAction action)
    {
        var allowed = Allowed(kind, status);
        return allowed.Contains(action)
            ? null
            : new Refusal(BasisRefusals.NotOfThisBasis, ("state", status.Code()), ("action", action.Code())) { Lists = [("allowed", [.. allowed.Select(one => one.Code())])] };
    }
}
