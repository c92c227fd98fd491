using Row = NationalReferral.Tests.WalkRows.Row;

namespace NationalReferral.Tests;

/// <summary>Who may do what, and what may become of what, by the table of moves.</summary>
internal static class WalkTable
{
    /// <summary>Rows of the table that some walk has taken.</summary>
    public static HashSet<Move> Taken { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What somebody may do now, by the table.</summary>
    public static IEnumerable<Move> Legal(WalkRows rows, Row row, Persona persona)
    {
        if (!Sees(rows, row, persona))
        {
            return [];
        }
        var sends = persona == World.Officer || persona == World.PoliceSupervisor;
        var provides = persona.AgencyId == row.ProviderAgencyId;
        bool Is(Party? party) => party switch
        {
            Party.Sender => sends,
            Party.Provider => provides,
            Party.Either => sends || provides,
            Party.Supervisor => persona == World.PoliceSupervisor,
            Party.ProtectionOfficer => persona == World.ProtectionOfficer,
            _ => false,
        };
        return ReferralLifecycle.Moves.Where(move => move.StartsFrom(row.State, row.PriorState) && (Is(move.By) || Is(move.OrBy))
            && !(move.Action == ReferralAction.RequestInfo && row.InfoRounds >= 2));
    }

    /// <summary>Who wrote it and who is above him always; the provider by its doors, the office by what was missed.</summary>
    public static bool Sees(WalkRows rows, Row row, Persona persona) => persona == World.Officer || persona == World.PoliceSupervisor
        || (persona.AgencyId == row.ProviderAgencyId && rows.ProviderDoors(row).Any())
        || (persona == World.ProtectionOfficer && rows.IsBeforeOffice(row));

    /// <summary>There is a row of the table from one to the other.</summary>
    public static bool Goes(Row before, Row after, Func<Move, bool> isPossible)
    {
        var taken = ReferralLifecycle.Moves.FirstOrDefault(move =>
            isPossible(move) && move.StartsFrom(before.State, before.PriorState) && (move.To ?? before.PriorState) == after.State);
        if (taken is not null)
        {
            Taken.Add(taken);
        }
        return taken is not null;
    }
}
