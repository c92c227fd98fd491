namespace NationalReferral.Benchmarks;

/// <summary>A service that counts places, and somebody who answers for it.</summary>
internal sealed record PlacesOf(string ServiceId, string AgencyId, string Population, string Provider);

/// <summary>Who works in the demo country, and for whom they write.</summary>
internal sealed partial class Country
{
    /// <summary>A service that counts places.</summary>
    public PlacesOf Places() => Rows("""
        SELECT hex(s.id), hex(s.agency_id), c.population,
               (SELECT lower(hex(m.worker_id)) FROM memberships m WHERE m.agency_id = s.agency_id AND m.roles LIKE '%provider%' ORDER BY m.worker_id LIMIT 1)
          FROM services s
          JOIN capacity c ON c.service_id = s.id
         WHERE s.category = 'safe_shelter'
           AND s.status = 'active'
         ORDER BY c.population DESC
         LIMIT 1
        """, row => new PlacesOf(Id(row.GetString(0)), Id(row.GetString(1)), row.GetString(2), row.GetString(3)))[0];

    /// <summary>Subjects of those who send children there from elsewhere.</summary>
    public IReadOnlyList<string> Senders(PlacesOf places) => Rows($"""
        SELECT DISTINCT lower(hex(r.created_by))
          FROM referrals r
         WHERE hex(r.service_id) = '{Hex(places.ServiceId)}'
           AND r.sender_agency_id <> r.provider_agency_id
         ORDER BY 1
        """, row => row.GetString(0));

    /// <summary>Places for everybody who is sent there.</summary>
    public void Widen(PlacesOf places) => Change(link => Run(link, $"UPDATE capacity SET licensed = 100000000 WHERE hex(service_id) = '{Hex(places.ServiceId)}'"));

    /// <summary>Each of them needs a place, and may be shown where there is one. Written past both sides: it is not what is measured.</summary>
    public void Permit(IReadOnlyList<Family> families) => Change(link =>
    {
        foreach (var (family, member) in families.SelectMany(family => family.Members.Select(member => (family, member))))
        {
            var (victim, agency) = (Hex(member.Victim), Hex(family.Places.AgencyId));
            Run(link, $"""
                INSERT INTO needs (id, victim_id, category, urgency, status, constraints, at, version)
                VALUES (x'{Hex(member.Need)}', x'{victim}', 'safe_shelter', 'medium', 'open', '', '2026-01-01 00:00:00.000', 1);
                INSERT INTO bases (id, victim_id, kind, status, detail, valid_from, recorded_by, recorded_at, version)
                VALUES (x'{victim}', x'{victim}', 'consent', 'active', x'00', '2026-01-01 00:00:00.000', x'{family.Sender}', '2026-01-01 00:00:00.000', 1);
                INSERT INTO basis_scopes (id, basis_id, effect, purpose, group_code, agency_id)
                VALUES (randomblob(16), x'{victim}', 'allow', 'provide_service', NULL, NULL), (randomblob(16), x'{victim}', 'allow', NULL, NULL, x'{agency}'),
                       (randomblob(16), x'{victim}', 'allow', NULL, 'minimum', NULL), (randomblob(16), x'{victim}', 'allow', NULL, 'identity', NULL)
                """);
        }
    });

    /// <summary>Subject of somebody who supervises the desk at which <paramref name="worker"/> works.</summary>
    public string SupervisorOf(string worker) => Rows($"""
        SELECT lower(hex(s.worker_id))
          FROM memberships m
          JOIN agency_tree t ON t.descendant_id = m.agency_id
          JOIN memberships s ON s.agency_id = t.ancestor_id
         WHERE m.worker_id = x'{worker}'
           AND s.roles LIKE '%supervisor%'
         ORDER BY s.worker_id
         LIMIT 1
        """, row => row.GetString(0))[0];

    /// <summary>Somebody who neither leads cases nor answers for any.</summary>
    public string Operator() => Rows(
        "SELECT hex(m.worker_id) FROM memberships m WHERE m.roles = 'intake_operator' ORDER BY m.worker_id LIMIT 1", row => Id(row.GetString(0)))[0];

    /// <summary>The code of each of these, which each side has made by itself.</summary>
    public IReadOnlyDictionary<string, string> CaseCodes(IEnumerable<string> victims) => Rows(
        $"SELECT hex(v.id), v.case_code FROM victims v WHERE v.id IN ({string.Join(", ", victims.Select(id => $"x'{Hex(id)}'"))})",
        row => (Id: Id(row.GetString(0)), Code: row.GetString(1))).ToDictionary(one => one.Id, one => one.Code);
}
