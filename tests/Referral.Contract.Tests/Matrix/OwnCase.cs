using Microsoft.Extensions.DependencyInjection;

namespace NationalReferral.Tests;

/// <summary>One case with something of everything that can hang on it, made over HTTP; its ids by the names that the contract gives them.</summary>
internal sealed class OwnCase
{
    private readonly Dictionary<string, Guid> _ids = [];

    public Guid Victim => _ids["victims"];

    /// <param name="lead">Registers her.</param>
    /// <param name="supervisor">Sees the whole case, and sets a block.</param>
    /// <param name="member">Joins her team.</param>
    /// <param name="blocked">Is kept away at the end; null: somebody who is no part of the test.</param>
    /// <param name="opener">Opens the case in an emergency; null: nobody does, unless somebody is kept away from hearing of it. The national office sees a case that was opened.</param>
    /// <param name="alerts">Somebody who is kept away from another case asked for it: the office is told.</param>
    public static async Task<OwnCase> MakeAsync(TestApp app, Persona lead, Persona supervisor, Persona? member = null, Persona? blocked = null, Persona? opener = null, bool alerts = false)
    {
        var made = new OwnCase();
        var client = app.As(lead);
        var victim = Guid.CreateVersion7();
        made._ids["victims"] = victim;
        made._ids["households"] = Guid.CreateVersion7();
        await client.PostAsync("/victims/intake", $$"""
            {"kind":"family","householdId":"{{made._ids["households"]}}","members":[{"id":"{{victim}}","found":{"district":"PK-PB-KSR","place":"brick kiln"},"sex":"female","age":{"years":10,"evidence":"appearance"},"name":{"ur":"کلثوم"} }]}
            """).JsonAsync(201);
        made._ids["needId"] = await IdAsync(client, $"/victims/{victim}/needs", """{"category":"safe_shelter","urgency":"high"}""");
        made._ids["recordId"] = await IdAsync(client, $"/victims/{victim}/records", """{"kind":"note","body":{"text":"She counts bricks."}}""");
        made._ids["attachmentId"] = (await client.AttachAsync(victim, Pictures.Plain()).JsonAsync(201)).GetProperty("id").GetGuid();
        made._ids["basisId"] = await IdAsync(client, $"/victims/{victim}/bases", $$"""
            {"kind":"consent","givenBy":{"relation":"self"},"capacity":"self_mature_child","form":"verbal_with_witness","witness":"Noreen","language":"urd","scriptVersion":"1",
             "groups":["identity","contact","demographics","health"],"purposes":["provide_service"],"recipients":{"agencies":["{{World.Shelter}}"]} }
            """);
        var held = (await app.As(supervisor).PostAsync($"/victims/{victim}/follow-code", "{}").JsonAsync()).GetProperty("followCode").GetString();
        await app.As(null).PostAsync("/public/codes/messages", $$"""{"followCode":"{{held}}","text":"She counts bricks."}""").JsonAsync();
        var said = await app.As(supervisor).ReadAsync($"/victims/{victim}/messages").JsonAsync();
        made._ids["messageId"] = said.GetProperty("items")[0].GetProperty("id").GetGuid();
        made._ids["workerId"] = (member ?? lead).Id;
        if (member is not null)
        {
            await client.PostAsync($"/victims/{victim}/team", $$"""{"workerId":"{{member.Id}}"}""").JsonAsync(201);
        }
        made._ids["approvals"] = await IdAsync(client, $"/victims/{victim}/close", """{"reason":"goals_met","criteria":[]}""");
        made._ids["reports"] = await IdAsync(app.As(World.Omnipotent), "/reports", """{"channel":"helpline","story":"She counts bricks."}""");
        made._ids["referrals"] = await ReferAsync(app, client, made);
        made._ids["handoverId"] = await IdAsync(app.As(World.ShelterDesk), $"/referrals/{made._ids["referrals"]}/handovers", $$"""
            {"direction":"arrival","reason":"to_shelter","children":1,"occurredAt":"{{app.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}}","givenBy":"Gul","receivedBy":"Noreen","place":"Gate"}
            """);
        made._ids["transfers"] = await IdAsync(
            app.As(supervisor), "/transfers", $$"""{"victimId":"{{victim}}","askedBy":"offer","reason":"person_moved","toAgencyId":"{{World.Shelter}}","stays":false}""");
        if ((opener ?? (blocked is null ? null : World.HospitalDesk)) is { } desk)
        {
            var code = (await client.ReadAsync($"/victims/{victim}").JsonAsync()).GetProperty("caseCode").GetString();
            made._ids["break-glass"] = await IdAsync(app.As(desk), "/break-glass", $$"""{"caseCode":"{{code}}","reason":"life_at_risk","note":"She is in the river.","groups":["identity"]}""");
        }
        if (blocked is not null)
        {
            // What she was told before the block was set is hers no longer.
            var told = await app.As(blocked).ReadAsync("/notifications").JsonAsync();
            made._ids["notifications"] = told.GetProperty("items").EnumerateArray()
                .First(one => one.GetProperty("subjectId").GetGuid() == made._ids["referrals"]).GetProperty("id").GetGuid();
        }
        made._ids["blockId"] = await IdAsync(app.As(supervisor), $"/victims/{victim}/blocks", $$"""{"workerId":"{{(blocked ?? World.Auditor).Id}}","reason":"person_asks"}""");
        if (alerts)
        {
            made._ids["silent-alerts"] = await AlertAsync(app, client, supervisor);
        }
        return made;
    }

    private static async Task<Guid> AlertAsync(TestApp app, HttpClient client, Persona supervisor)
    {
        var other = await IdAsync(client, "/victims", """{"found":{"district":"PK-PB-KSR","place":"brick kiln"},"sex":"female","age":{"years":9,"evidence":"appearance"}}""");
        await IdAsync(app.As(supervisor), $"/victims/{other}/blocks", $$"""{"workerId":"{{World.HospitalDesk.Id}}","reason":"person_asks"}""");
        using var asked = await app.As(World.HospitalDesk).ReadAsync($"/victims/{other}");
        await app.Services.GetRequiredService<JournalSealer>().SealAsync(CancellationToken.None);
        await app.Services.GetRequiredService<SilentAlerts>().RunAsync(CancellationToken.None);
        var list = await app.As(World.ProtectionOfficer).ReadAsync("/silent-alerts").JsonAsync();
        return list.GetProperty("items")[0].GetProperty("id").GetGuid();
    }

    /// <summary>Sent to the shelter, and accepted there.</summary>
    private static async Task<Guid> ReferAsync(TestApp app, HttpClient sender, OwnCase made)
    {
        var id = Guid.CreateVersion7();
        made._ids["referral-groups"] = await IdAsync(sender, "/referral-groups", $$"""
            {"kind":"family","together":false,"members":[{"id":"{{id}}","victimId":"{{made.Victim}}","needId":"{{made._ids["needId"]}}","serviceId":"{{World.ShelterService}}","groups":["identity","contact","demographics","health"]}]}
            """);
        await ActAsync(sender, id, "submit", "{}");
        await ActAsync(app.As(World.ShelterDesk), id, "accept", """{"population":"girls"}""");
        return id;
    }

    private static async Task ActAsync(HttpClient client, Guid referral, string action, string body)
    {
        using var before = await client.ReadAsync($"/referrals/{referral}");
        await client.PostAsync($"/referrals/{referral}/{action}", body, before.TagOf()).JsonAsync();
    }

    private static async Task<Guid> IdAsync(HttpClient client, string path, string body) =>
        (await client.PostAsync(path, body).JsonAsync(201)).GetProperty("id").GetGuid();

    /// <summary>What stands at <paramref name="parameter"/> of the operation's path; null when this case has no such thing.</summary>
    public Guid? Find(PublishedOperation operation, string parameter) => (operation.Collection, parameter) switch
    {
        ("workers", "id") => World.Officer.Id,
        ("clients", "id") => World.PoliceClient.Id,
        ("services", "id") => World.ShelterService,
        ("agencies", "id") => World.PoliceKasur,
        ("workers", "agencyId") => World.PoliceKasur,
        (_, "id") => _ids.TryGetValue(operation.Collection, out var id) ? id : null,
        _ => _ids[parameter],
    };
}
