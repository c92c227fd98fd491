using NationalReferral.Platform;

namespace NationalReferral.Tests;

/// <summary>Writes <see cref="World"/> into an empty database.</summary>
internal static class WorldRows
{
    private const string Agency = """
        INSERT INTO agencies (id, parent_id, kind, name_en, name_ur, province, district, status, has_account, confidential, lat, lon, calendar, version)
        VALUES (@id, @parentId, @kind, @nameEn, @nameUr, 'PK-PB', @district, 'active', 1, @confidential, @lat, @lon, 'usual', 1)
        """;

    private const string Tree = "INSERT INTO agency_tree (ancestor_id, descendant_id) VALUES (@ancestorId, @descendantId)";

    private const string Worker = """
        INSERT INTO workers (id, display_name, status, epoch, version) VALUES (@id, @name, 'active', 1, 1)
        """;

    private const string Membership = """
        INSERT INTO memberships (id, worker_id, agency_id, roles, from_at) VALUES (@id, @workerId, @agencyId, @roles, @now)
        """;

    private const string Login = """
        INSERT INTO logins (id, issuer, subject, worker_id, agency_id, name, scopes, epoch, status, created_at, version)
        VALUES (@id, @issuer, @subject, @workerId, @agencyId, @name, @scopes, 1, 'active', @now, 1)
        """;

    private const string Service = """
        INSERT INTO services (id, agency_id, name_en, name_ur, category, min_age, max_age, sex, hours, emergency, assured_on, status, version)
        VALUES (@id, @agencyId, @nameEn, @nameUr, @category, @minAge, @maxAge, @sex, 'always', 1, @assuredOn, 'active', 1)
        """;

    private const string Term = "INSERT INTO service_terms (service_id, kind, code) VALUES (@serviceId, @kind, @code)";

    private const string Places = """
        INSERT INTO capacity (service_id, population, licensed, reserved, occupied, waiting, as_of, version)
        VALUES (@serviceId, @population, @licensed, 0, 0, 0, @now, 1)
        """;

    public static async Task WriteAsync(Work work, string issuer, CancellationToken cancellation)
    {
        await AgencyAsync(work, World.Office, null, "ministry", "National Protection Office", "قومی تحفظ دفتر", "PK-IS-ISB", cancellation);
        await AgencyAsync(work, World.Police, null, "police", "Invented Police", "فرضی پولیس", "PK-PB-LHR", cancellation);
        await AgencyAsync(work, World.PoliceKasur, World.Police, "police", "Invented Police Kasur", "فرضی پولیس قصور", "PK-PB-KSR", cancellation);
        await AgencyAsync(work, World.Shelter, null, "shelter", "Invented Shelter", "فرضی پناہ گاہ", "PK-PB-LHR", cancellation, confidential: true);
        await AgencyAsync(work, World.Hospital, null, "health", "Invented Hospital", "فرضی ہسپتال", "PK-PB-LHR", cancellation);
        await AgencyAsync(work, World.Stranger, null, "ngo", "Invented Strangers", "فرضی اجنبی", "PK-SD-KHS", cancellation);
        foreach (var persona in World.Everybody)
        {
            await PersonaAsync(work, persona, issuer, cancellation);
        }
        await ServiceAsync(work, World.ShelterService, World.Shelter, "Girls' shelter", "safe_shelter", 0, 17, "female", cancellation);
        await work.ExecuteAsync(Places, new { serviceId = World.ShelterService, population = "girls", licensed = 4 }, cancellation);
        await ServiceAsync(work, World.HospitalService, World.Hospital, "Emergency ward", "medical_care", null, null, null, cancellation);
    }

    private static async Task AgencyAsync(
        Work work, Guid id, Guid? parentId, string kind, string nameEn, string nameUr, string district, CancellationToken cancellation, bool confidential = false)
    {
        await work.ExecuteAsync(Agency, new
        {
            id,
            parentId,
            kind,
            nameEn,
            nameUr,
            district,
            confidential,
            lat = confidential ? (double?)null : 31.5,
            lon = confidential ? (double?)null : 74.3,
        }, cancellation);
        await work.ExecuteAsync(Tree, new { ancestorId = id, descendantId = id }, cancellation);
        if (parentId is { } parent)
        {
            await work.ExecuteAsync(Tree, new { ancestorId = parent, descendantId = id }, cancellation);
        }
    }

    public static async Task PersonaAsync(Work work, Persona persona, string issuer, CancellationToken cancellation)
    {
        if (!persona.IsClient)
        {
            await work.ExecuteAsync(Worker, new { id = persona.Id, name = persona.Key }, cancellation);
            await work.ExecuteAsync(
                Membership, new { id = Ids.New(work.Now), workerId = persona.Id, agencyId = persona.AgencyId, roles = persona.Roles }, cancellation);
        }
        await work.ExecuteAsync(Login, new
        {
            id = persona.IsClient ? persona.Id : Ids.New(work.Now),
            issuer,
            subject = persona.Id.ToString(),
            workerId = persona.IsClient ? (Guid?)null : persona.Id,
            agencyId = persona.IsClient ? persona.AgencyId : (Guid?)null,
            name = persona.Key,
            scopes = persona.Scopes,
        }, cancellation);
    }

    private static async Task ServiceAsync(
        Work work, Guid id, Guid agencyId, string nameEn, string category, int? minAge, int? maxAge, string? sex, CancellationToken cancellation)
    {
        await work.ExecuteAsync(Service, new
        {
            id,
            agencyId,
            nameEn,
            nameUr = nameEn,
            category,
            minAge,
            maxAge,
            sex,
            assuredOn = DateOnly.FromDateTime(work.Now.UtcDateTime),
        }, cancellation);
        foreach (var language in new[] { "urd", "pnb" })
        {
            await work.ExecuteAsync(Term, new { serviceId = id, kind = "language", code = language }, cancellation);
        }
        await work.ExecuteAsync(Term, new { serviceId = id, kind = "constraint", code = "female_staff" }, cancellation);
    }
}
