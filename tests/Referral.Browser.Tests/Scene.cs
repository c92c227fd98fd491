using System.Text.Json;

namespace NationalReferral.Tests;

/// <summary>What takes more than one person to show: made past the screens, before anybody looks.</summary>
/// <param name="HandedOver">A referral whose handover the provider wrote down and the sender has still to confirm.</param>
/// <param name="Proposal">A closing that the officer proposed and a supervisor decides.</param>
/// <param name="OwnProposal">One that the supervisor proposed, which somebody else decides.</param>
/// <param name="Transfer">A case that the police offer to the bureau.</param>
internal sealed record Scene(string HandedOver, string Proposal, string OwnProposal, string Transfer)
{
    private const string District = "PK-PB-KSR";

    public static async Task<Scene> SetAsync(Actor officer, Actor inspector, Actor desk)
    {
        var handedOver = await HandOverAsync(officer, desk);
        var proposal = await ProposeAsync(officer, await FoundAsync(officer));
        var own = await ProposeAsync(inspector, await FoundAsync(inspector));
        var transfer = await inspector.SendsAsync("POST", "/transfers", new
        {
            victimId = await FoundAsync(inspector),
            askedBy = "offer",
            reason = "person_moved",
            toAgencyId = DemoWorld.IdOf("bureau"),
            stays = true,
        });
        return new(handedOver, proposal, own, Id(transfer));
    }

    /// <summary>A girl of twelve whom nothing is known of yet.</summary>
    public static async Task<string> FoundAsync(Actor actor) =>
        Id(await actor.SendsAsync("POST", "/victims", new { found = new { district = District }, sex = "female", age = new { band = "age_12_13" } }));

    private static async Task<string> ProposeAsync(Actor actor, string girl) =>
        Id(await actor.SendsAsync("POST", $"/victims/{girl}/close", new { reason = "goals_met", criteria = new[] { "person_agrees" }, note = "She wants no more visits." }));

    private static async Task<string> HandOverAsync(Actor officer, Actor desk)
    {
        var girl = await FoundAsync(officer);
        var need = Id(await officer.SendsAsync("POST", $"/victims/{girl}/needs", new { category = "safe_shelter", urgency = "high" }));
        await officer.SendsAsync("POST", $"/victims/{girl}/bases", new
        {
            kind = "consent",
            givenBy = new { relation = "self" },
            capacity = "self_mature_child",
            form = "thumb_print",
            language = "pnb",
            scriptVersion = "2026-1",
            groups = new[] { "identity" },
            purposes = new[] { "provide_service" },
            recipients = new { agencies = new[] { DemoWorld.IdOf("shelter") } },
        });
        var service = DemoWorld.Services.First(one => one.Key == "girls-home").Id;
        var referral = $"/referrals/{Id(await officer.SendsAsync("POST", "/referrals", new { victimId = girl, needId = need, serviceId = service, groups = new[] { "identity" } }))}";
        await officer.SendsAsync("POST", $"{referral}/submit", new { }, read: referral);
        await desk.SendsAsync("POST", $"{referral}/accept", new { population = "girls" }, read: referral);
        await desk.SendsAsync("POST", $"{referral}/handovers", new
        {
            direction = "arrival",
            reason = "to_shelter",
            children = 1,
            occurredAt = DateTimeOffset.UtcNow.AddMinutes(-1),
            givenBy = "ASI Demo",
            receivedBy = "Matron Demo",
            place = "At the gate",
            belongings = "A school bag",
        });
        return referral.Split('/')[^1];
    }

    private static string Id(JsonElement made) => made.GetProperty("id").GetString()!;
}
