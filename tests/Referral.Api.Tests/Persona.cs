namespace NationalReferral.Tests;

/// <summary>Somebody of the small world that every test database starts with (see <see cref="World"/>).</summary>
/// <param name="Key">Short name in test output.</param>
/// <param name="AgencyId">The unit in which the persona acts.</param>
/// <param name="Roles">Codes of roles, space separated; empty for a client.</param>
/// <param name="Scopes">Codes of scopes, space separated; empty for a worker.</param>
public sealed record Persona(string Key, Guid Id, Guid AgencyId, string Roles, string Scopes = "")
{
    public bool IsClient => Roles.Length == 0;

    public override string ToString() => Key;
}

/// <summary>Three agencies that know each other and one stranger, each with the people it needs.</summary>
public static class World
{
    public static readonly Guid Office = Guid.Parse("00000000-0000-7000-8000-0000000000a0");
    public static readonly Guid Police = Guid.Parse("00000000-0000-7000-8000-0000000000a1");
    public static readonly Guid PoliceKasur = Guid.Parse("00000000-0000-7000-8000-0000000000a2");
    public static readonly Guid Shelter = Guid.Parse("00000000-0000-7000-8000-0000000000a3");
    public static readonly Guid Hospital = Guid.Parse("00000000-0000-7000-8000-0000000000a4");
    public static readonly Guid Stranger = Guid.Parse("00000000-0000-7000-8000-0000000000a5");

    /// <summary>The shelter has 4 licensed places for girls; the hospital counts no places.</summary>
    public static readonly Guid ShelterService = Guid.Parse("00000000-0000-7000-8000-0000000000e1");
    public static readonly Guid HospitalService = Guid.Parse("00000000-0000-7000-8000-0000000000e2");

    public static readonly Persona Officer = new("officer", Person(1), PoliceKasur, "caseworker");
    public static readonly Persona OtherOfficer = new("other officer", Person(2), PoliceKasur, "caseworker");
    public static readonly Persona PoliceSupervisor = new("police supervisor", Person(3), Police, "supervisor");
    public static readonly Persona PoliceAdmin = new("police admin", Person(4), Police, "agency_admin");
    public static readonly Persona ShelterDesk = new("shelter desk", Person(5), Shelter, "provider_staff");
    public static readonly Persona ShelterSupervisor = new("shelter supervisor", Person(6), Shelter, "supervisor");
    public static readonly Persona ShelterAdmin = new("shelter admin", Person(7), Shelter, "agency_admin");
    public static readonly Persona HospitalDesk = new("hospital desk", Person(8), Hospital, "provider_staff");
    public static readonly Persona StrangerCaseworker = new("stranger caseworker", Person(9), Stranger, "caseworker provider_staff");
    public static readonly Persona StrangerSupervisor = new("stranger supervisor", Person(10), Stranger, "supervisor");
    public static readonly Persona IntakeOperator = new("intake operator", Person(11), Police, "intake_operator");
    public static readonly Persona ProtectionOfficer = new("protection officer", Person(12), Office, "protection_officer");
    public static readonly Persona Coordinator = new("coordinator", Person(13), Office, "national_coordinator");
    public static readonly Persona Auditor = new("auditor", Person(14), Office, "auditor");
    public static readonly Persona SystemAdmin = new("system admin", Person(15), Office, "system_admin");
    public static readonly Persona StrangerAdmin = new("stranger admin", Person(16), Stranger, "agency_admin");

    /// <summary>Work where a case is led, or where it is received, and must never learn of her. A test that needs them adds them, and sets the block.</summary>
    public static readonly Persona BlockedOfficer = new("blocked officer", Person(17), PoliceKasur, "caseworker supervisor provider_staff");
    public static readonly Persona BlockedKeeper = new("blocked keeper", Person(18), Shelter, "caseworker supervisor provider_staff");

    /// <summary>Sees what it creates or is granted, never all that its agency leads.</summary>
    public static readonly Persona PoliceClient = new("police client", Person(20), PoliceKasur, "", AllScopes);
    public static readonly Persona ShelterClient = new("shelter client", Person(21), Shelter, "", AllScopes);
    public static readonly Persona ScopelessClient = new("client without scopes", Person(22), PoliceKasur, "", "capacity.write");

    /// <summary>Nobody can be this; finds holes that a missing role would hide.</summary>
    public static readonly Persona Omnipotent = new("omnipotent", Person(30), PoliceKasur,
        "caseworker supervisor provider_staff intake_operator agency_admin protection_officer national_coordinator auditor system_admin");

    /// <summary>Everything that an agency can give, and nothing that is national; in an agency that knows nobody.</summary>
    public static readonly Persona StrangerOfAllTrades = new("stranger of all trades", Person(31), Stranger,
        "caseworker supervisor provider_staff intake_operator agency_admin");

    private const string AllScopes = "directory.read capacity.write victims.read victims.write bases.write referrals.read referrals.write reports.write";

    public static IReadOnlyList<Persona> Everybody { get; } =
    [
        Officer, OtherOfficer, PoliceSupervisor, PoliceAdmin, ShelterDesk, ShelterSupervisor, ShelterAdmin, HospitalDesk, StrangerCaseworker,
        StrangerSupervisor, IntakeOperator, ProtectionOfficer, Coordinator, Auditor, SystemAdmin, StrangerAdmin, PoliceClient, ShelterClient, ScopelessClient,
    ];

    public static IReadOnlyList<Persona> Blocked { get; } = [BlockedOfficer, BlockedKeeper];

    /// <summary>Nobody can be these: they have no rows, only tests act as them.</summary>
    public static IReadOnlyList<Persona> Impossible { get; } = [Omnipotent, StrangerOfAllTrades];

    private static Guid Person(int number) => Guid.Parse($"00000000-0000-7000-8000-0000000000{number + 0xb0:x2}");
}
