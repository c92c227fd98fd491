using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Writes <see cref="DemoWorld"/>: what in a real country administrators enter over months.</summary>
internal static class DemoRows
{
    private const string WrittenSql = """
        SELECT (SELECT count(*) FROM agencies a WHERE a.id = @id) AS agencies, (SELECT count(*) FROM victims) AS victims
        """;

    /// <summary>What earlier starts have written: the agencies all at once, victims in batches after them.</summary>
    public static async Task<(bool HasAgencies, int Victims)> WrittenAsync(Work work, CancellationToken cancellation)
    {
        var row = await work.FirstOrNoneAsync<WrittenRow>(WrittenSql, new { id = DemoWorld.Agencies[0].Id }, cancellation);
        return (row!.Agencies > 0, row.Victims);
    }

    private const string EnlargeSql = """
        UPDATE capacity
           SET licensed = @places
         WHERE service_id IN (@services)
           AND licensed < @places
        """;

    /// <summary>A country that grows needs more places than it was made with.</summary>
    public static Task<int> EnlargeAsync(Work work, int places, CancellationToken cancellation) =>
        work.ExecuteAsync(EnlargeSql, new { places, services = DemoWorld.Services.Select(service => service.Id).ToArray() }, cancellation);

    private sealed record WrittenRow
    {
        public required int Agencies { get; init; }
        public required int Victims { get; init; }
    }

    /// <param name="issuer">Of <paramref name="subjects"/>.</param>
    /// <param name="subjects">By e-mail of a worker and id of a client.</param>
    /// <param name="places">How many places a service that counts them has.</param>
    public static async Task WriteAsync(
        Work work, Districts districts, string issuer, IReadOnlyDictionary<string, string> subjects, int places, CancellationToken cancellation)
    {
        foreach (var agency in DemoWorld.Agencies)
        {
            await AgencyAsync(work, agency, districts.Find(agency.District)!, cancellation);
        }
        foreach (var worker in DemoWorld.Workers)
        {
            await WorkerAsync(work, worker, issuer, subjects[worker.Email], cancellation);
        }
        foreach (var client in DemoWorld.Clients)
        {
            await ClientAsync(work, client, issuer, subjects[client.ClientId], cancellation);
        }
        foreach (var service in DemoWorld.Services)
        {
            await ServiceAsync(work, service, places, cancellation);
        }
    }

    private static async Task AgencyAsync(Work work, DemoAgency agency, District district, CancellationToken cancellation)
    {
        await AgencyStore.InsertAsync(work, new Agency
        {
            Id = agency.Id,
            ParentId = agency.Parent is null ? null : DemoWorld.IdOf(agency.Parent),
            Kind = agency.Kind,
            NameEn = agency.NameEn,
            NameUr = agency.NameUr,
            Province = district.ProvinceCode,
            District = district.Code,
            Status = "active",
            HasAccount = true,
            Confidential = agency.Confidential,
            Lat = agency.Confidential ? null : district.Lat,
            Lon = agency.Confidential ? null : district.Lon,
            Calendar = agency.Calendar,
            Version = 1,
            IsOwn = false,
        }, cancellation);
        await AppendAsync(work, JournalActions.AgencyCreated, "agency", agency.Id, cancellation);
    }

    private const string WorkerSql = """
        INSERT INTO workers (id, display_name, status, epoch, version)
        VALUES (@id, @name, 'active', 0, 1)
        """;

    private const string LoginSql = """
        INSERT INTO logins (id, issuer, subject, worker_id, agency_id, name, scopes, epoch, status, created_at, version)
        VALUES (@id, @issuer, @subject, @workerId, @agencyId, @name, @scopes, 0, 'active', @now, 1)
        """;

    private static async Task WorkerAsync(Work work, DemoWorker worker, string issuer, string subject, CancellationToken cancellation)
    {
        await work.ExecuteAsync(WorkerSql, new { id = worker.Id, name = worker.Name }, cancellation);
        await WorkerStore.OpenMembershipAsync(work, worker.Id, DemoWorld.IdOf(worker.Agency), worker.Roles, cancellation);
        await work.ExecuteAsync(LoginSql, new
        {
            id = Ids.New(work.Now),
            issuer,
            subject,
            workerId = worker.Id,
            agencyId = (Guid?)null,
            name = worker.Name,
            scopes = string.Empty,
        }, cancellation);
        await AppendAsync(work, JournalActions.WorkerCreated, "worker", worker.Id, cancellation);
    }

    private static async Task ClientAsync(Work work, DemoClient client, string issuer, string subject, CancellationToken cancellation)
    {
        var id = ReferenceData.IdOf("demo-client", client.ClientId);
        await work.ExecuteAsync(LoginSql, new
        {
            id,
            issuer,
            subject,
            workerId = (Guid?)null,
            agencyId = DemoWorld.IdOf(client.Agency),
            name = client.Name,
            scopes = string.Join(' ', client.Scopes),
        }, cancellation);
        await AppendAsync(work, JournalActions.ClientCreated, "client", id, cancellation);
    }

    private static async Task ServiceAsync(Work work, DemoService service, int places, CancellationToken cancellation)
    {
        var today = Karachi.DateOf(work.Now);
        var draft = service.Draft with { AccreditedTo = service.Draft.Accreditation is null ? null : today.AddYears(1) };
        await ServiceStore.InsertAsync(work, ServiceRules.New(service.Id, DemoWorld.IdOf(service.Agency), draft, today), cancellation);
        await ServiceStore.SetTermsAsync(work, service.Id, ServiceRules.Terms(draft), cancellation);
        await AppendAsync(work, JournalActions.ServiceCreated, "service", service.Id, cancellation);
        if (service.Population is not null)
        {
            await CapacityStore.SetAsync(work, service.Id, service.Population, new CapacityChange(places, 0, 0), null, cancellation);
            await AppendAsync(work, JournalActions.CapacitySet, "service", service.Id, cancellation);
        }
    }

    private static Task<Guid> AppendAsync(Work work, string action, string subjectKind, Guid subjectId, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry { Action = action, SubjectKind = subjectKind, SubjectId = subjectId }, cancellation);
}
