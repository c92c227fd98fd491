using System.Globalization;
using System.Text.Json;
using NationalReferral.Platform;

namespace NationalReferral.Tests;

/// <summary>Bases that nobody gives, over HTTP, as tests need them.</summary>
internal static class GivenBasis
{
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Decision(TestApp app, string recipients, string groups = """["identity"]""", int days = 30, string more = "") => $$"""
        {"ground":"guardian_conflicted","reason":"The uncle works for the kiln.","childSaid":"I want to go to school.","groups":{{groups}},"purposes":["provide_service"],
         "recipients":{{recipients}},"validTo":"{{At(app.Clock.GetUtcNow().AddDays(days))}}"{{more}}}
        """;

    public static string Order(TestApp app, Guid recipient, string groups = """["identity"]""", int days = 30, string more = "") => $$"""
        {"court":"Court of the Sessions Judge Kasur","orderNumber":"112/2026","orderedOn":"2026-11-20","judge":"Justice Invented","groups":{{groups}},"purposes":["provide_service"],
         "agencies":["{{recipient}}"],"validTo":"{{At(app.Clock.GetUtcNow().AddDays(days))}}"{{more}}}
        """;

    public static async Task<Guid> ProposeAsync(TestApp app, Persona by, Guid victim, string what, string body) =>
        (await app.As(by).PostAsync($"/victims/{victim}/{what}", body).JsonAsync(201)).GetProperty("id").GetGuid();

    /// <summary>What waits for a second person about a basis.</summary>
    public static async Task<Guid> ApprovalAsync(TestApp app, Persona by, Guid basis) =>
        (await GivenTransfer.ListAsync(app, by, "/approvals")).Single(one => one.GetProperty("subjectId").GetGuid() == basis).GetProperty("id").GetGuid();

    /// <summary>Proposed by the officer, approved by his supervisor.</summary>
    public static async Task<Guid> LiveAsync(TestApp app, Guid victim, string what, string body)
    {
        var id = await ProposeAsync(app, World.Officer, victim, what, body);
        await GivenApproval.DecideAsync(app, World.PoliceSupervisor, await ApprovalAsync(app, World.PoliceSupervisor, id)).JsonAsync();
        return id;
    }

    public static Task<JsonElement> ReadAsync(TestApp app, Guid victim, Guid basis, Persona? by = null) =>
        app.As(by ?? World.Officer).ReadAsync($"/victims/{victim}/bases/{basis}").JsonAsync();

    public static async Task<string?> StatusAsync(TestApp app, Guid victim, Guid basis) => (await ReadAsync(app, victim, basis)).GetProperty("status").GetString();

    /// <summary>Stays, resumes or ends with the tag that is true now.</summary>
    public static async Task<HttpResponseMessage> MoveAsync(TestApp app, Persona by, Guid victim, Guid basis, string action, string? body = null)
    {
        using var read = await app.As(by).ReadAsync($"/victims/{victim}/bases/{basis}");
        return await app.As(by).PostAsync($"/victims/{victim}/bases/{basis}/{action}", body ?? (action == "end" ? """{"reason":"order_ended"}""" : """{"orderedOn":"2026-11-23"}"""), read.TagOf());
    }

    /// <summary>Something of hers lies before the national office.</summary>
    public static Task OverseenAsync(TestApp app, Guid victim) => app.Database.ChangeAsync(
        Caller.System, async work =>
        {
            await Turns.TakeAsync(work, victim, CancellationToken.None);
            await Oversight.OpenAsync(work, victim, Guid.NewGuid(), CancellationToken.None);
            return true;
        }, _ => true, CancellationToken.None);

    /// <summary>Proposed by one person, approved by the national office before which it was brought.</summary>
    public static async Task<Guid> LiveByOfficeAsync(TestApp app, Persona by, Guid victim, string what, string body)
    {
        var id = await ProposeAsync(app, by, victim, what, body);
        var approval = await ApprovalAsync(app, by, id);
        await app.Database.ChangeAsync(
            Caller.System, async work =>
            {
                await Turns.TakeAsync(work, victim, CancellationToken.None);
                await Oversight.OpenAsync(work, victim, approval, CancellationToken.None);
                return true;
            }, _ => true, CancellationToken.None);
        using var decided = await GivenApproval.DecideAsync(app, World.ProtectionOfficer, approval);
        decided.EnsureSuccessStatusCode();
        return id;
    }

    /// <summary>Status codes of what somebody asks for.</summary>
    public static async Task<int[]> OpenToAsync(TestApp app, Persona persona, Guid victim, params string[] paths)
    {
        var found = new List<int>();
        foreach (var path in paths)
        {
            found.Add(await GivenTransfer.StatusAsync(app, persona, $"/victims/{victim}{path}"));
        }
        return [.. found];
    }
}
